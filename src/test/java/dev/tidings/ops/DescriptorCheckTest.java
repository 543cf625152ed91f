package dev.tidings.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DescriptorCheckTest {

    @Test
    void tooFewAreNamedWithWhatToAllow() {
        assertThat(new DescriptorCheck(999, 500).warnings())
                .singleElement()
                .asString()
                .contains("999 files", "1000 at least", "ulimit -n", "LimitNOFILE=");
    }

    @Test
    void enoughAreFine() {
        assertThat(new DescriptorCheck(1000, 500).warnings()).isEmpty();
        assertThat(new DescriptorCheck(Long.MAX_VALUE, 500).warnings()).isEmpty();
    }

    @Test
    void processIsLookedAt() {
        assertThat(DescriptorCheck.ofThisProcess(500).descriptors()).isPositive();
    }
}
