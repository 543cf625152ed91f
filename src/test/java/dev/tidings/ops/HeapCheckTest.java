package dev.tidings.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapCheckTest {

    private static final long MEBIBYTE = 1L << 20;

    private static final String SETTINGS = HeapCheck.settings(100_000, 64 * MEBIBYTE);

    @Test
    void smallHeapIsNamedWithWhatFillsItAndWhatToSet() {
        assertThat(check(64 * MEBIBYTE, 243 * MEBIBYTE, SETTINGS, MEBIBYTE).warnings())
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
    void everyFigureIsSaidInWordsOfItsSize() {
        String settings = HeapCheck.settings(3, MEBIBYTE - 1);
        assertThat(settings).isEqualTo("tidings.history.bytes is 1023 KiB and tidings.history.events is 3");
        assertThat(check(310 * MEBIBYTE, 243 * MEBIBYTE, settings, MEBIBYTE / 2).warnings())
                .containsExactly("The heap of 310 MiB may run out. History may take 243 MiB: " + settings
                        + ". The container and the hub take about 48 MiB. The rest has room for 185 streams of about"
                        + " 105 KiB each. A stream whose client does not read takes up to 512 KiB more"
                        + " (tidings.outbox.bytes). Start the container with -Xmx343m or more, or set"
                        + " tidings.history.bytes lower. Have the JVM exit when memory has run out, as the"
                        + " deployment guide shows.");
        assertThat(check(64 * MEBIBYTE, MEBIBYTE, settings, MEBIBYTE).warnings())
                .singleElement()
                .asString()
                .contains("take 1 MiB: ")
                .contains("takes up to 1 MiB more");
    }

    @Test
    void heapThatIsAByteTooSmallIsToldTheNextMebibyte() {
        long history = 200 * MEBIBYTE - 48 * MEBIBYTE - 500 * 105 * 1024;
        assertThat(check(200 * MEBIBYTE, history, SETTINGS, MEBIBYTE).warnings())
                .isEmpty();
        assertThat(check(200 * MEBIBYTE - 1, history, SETTINGS, MEBIBYTE).warnings())
                .singleElement()
                .asString()
                .contains("-Xmx200m");
        assertThat(check(200 * MEBIBYTE, history + 1, SETTINGS, MEBIBYTE).warnings())
                .singleElement()
                .asString()
                .contains("-Xmx201m");
    }

    @Test
    void streamsThatAreAllowedNeedRoom() {
        assertThat(new HeapCheck(512 * MEBIBYTE, 243 * MEBIBYTE, SETTINGS, 10_000, 8 * 1024, MEBIBYTE).warnings())
                .isEmpty();
        assertThat(new HeapCheck(512 * MEBIBYTE, 243 * MEBIBYTE, SETTINGS, 10_000, 105 * 1024, MEBIBYTE).warnings())
                .singleElement()
                .asString()
                .contains("room for 2155 streams of about 105 KiB each")
                .contains("-Xmx1317m");
    }

    @Test
    void heapThatHoldsWhatIsAllowedIsFine() {
        assertThat(check(343 * MEBIBYTE, 243 * MEBIBYTE, SETTINGS, MEBIBYTE).warnings())
                .isEmpty();
    }

    private static HeapCheck check(long heap, long history, String settings, long outboxBytes) {
        return new HeapCheck(heap, history, settings, HeapCheck.STREAMS, 105 * 1024, outboxBytes);
    }
}
