package dev.tidings.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapCheckTest {

    private static final long MEBIBYTE = 1L << 20;

    @Test
    void smallHeapIsNamedWithWhatFillsItAndWhatToSet() {
        assertThat(HeapCheck.ofMemory(64 * MEBIBYTE, 100_000, 64 * MEBIBYTE, MEBIBYTE)
                        .warnings())
                .singleElement()
                .asString()
                .contains("The heap of 64 MiB may run out: history may come to take 153 MiB")
                .contains("tidings.history.bytes is 64 MiB and tidings.history.events is 100000")
                .contains("room for 0 streams")
                .contains("-Xmx253m")
                // Whoever watches logs for it is not to be alarmed.
                .doesNotContain("OutOfMemoryError");
    }

    @Test
    void heapThatHoldsTheDefaultsIsFine() {
        assertThat(HeapCheck.ofMemory(256 * MEBIBYTE, 100_000, 64 * MEBIBYTE, MEBIBYTE)
                        .warnings())
                .isEmpty();
    }

    @Test
    void historyInAFileTakesWhatItsIndexTakes() {
        assertThat(HeapCheck.ofFile(128 * MEBIBYTE, 100_000, MEBIBYTE).warnings())
                .singleElement()
                .asString()
                .contains("history may come to take 33 MiB (tidings.history.events is 100000, in a file)");
        assertThat(HeapCheck.ofFile(256 * MEBIBYTE, 1_000_000, MEBIBYTE).warnings())
                .isEmpty();
    }
}
