package dev.tidings.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapCheckTest {

    private static final long MEBIBYTE = 1L << 20;

    private static final String SETTINGS = HeapCheck.settings(100_000, 64 * MEBIBYTE);

    @Test
    void smallHeapIsNamedWithWhatFillsItAndWhatToSet() {
        assertThat(new HeapCheck(64 * MEBIBYTE, 243 * MEBIBYTE, SETTINGS, MEBIBYTE).warnings())
                .singleElement()
                .asString()
                .contains("The heap of 64 MiB may run out. History may take 243 MiB")
                .contains("tidings.history.bytes is 64 MiB and tidings.history.events is 100000")
                .contains("room for 0 streams")
                .contains("-Xmx343m")
                // Alerts look for it in logs.
                .doesNotContain("OutOfMemoryError");
    }

    @Test
    void heapThatHoldsWhatIsAllowedIsFine() {
        assertThat(new HeapCheck(343 * MEBIBYTE, 243 * MEBIBYTE, SETTINGS, MEBIBYTE).warnings())
                .isEmpty();
    }
}
