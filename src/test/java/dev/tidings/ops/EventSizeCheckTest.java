package dev.tidings.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventSizeCheckTest {

    private static final long MEBIBYTE = 1L << 20;

    @Test
    void eventsThatFillTheHeapAreNamedWithWhatToSet() {
        assertThat(new EventSizeCheck(512 * MEBIBYTE, 64 * MEBIBYTE).warnings())
                .singleElement()
                .asString()
                .contains("the heap of 512 MiB", "tidings.limit.event-size is 64 MiB", "-Xmx2048m");
    }

    @Test
    void heapThatHasRoomIsFine() {
        assertThat(new EventSizeCheck(32 * MEBIBYTE, MEBIBYTE).warnings()).isEmpty();
        assertThat(new EventSizeCheck(32 * MEBIBYTE - 1, MEBIBYTE).warnings()).hasSize(1);
    }
}
