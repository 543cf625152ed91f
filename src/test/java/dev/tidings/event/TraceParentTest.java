package dev.tidings.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

    private static final String IDS = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-";

    @ParameterizedTest
    @ValueSource(strings = {"00-" + IDS + "01", "00-" + IDS + "00", "00-" + IDS + "ff"})
    void valueOfTheStandardIsTakenAsItIs(String given) {
        assertThat(TraceParent.of(given)).isEqualTo(given);
    }

    /** Section 3.2.4: what follows is not known here, nor what the other flags mean. */
    @ParameterizedTest
    @CsvSource({
        "01-" + IDS + "01, 01",
        "cc-" + IDS + "02, 00",
        "fe-" + IDS + "03-what-the-future-will-be-like, 01",
    })
    void laterVersionIsReadAsFarAsItIsKnown(String given, String flags) {
        assertThat(TraceParent.of(given)).isEqualTo("00-" + IDS + flags);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-" + IDS,
                "00-" + IDS + "0",
                "00-" + IDS + "010",
                "00-" + IDS + "01-more",
                "ff-" + IDS + "01",
                "01-" + IDS + "01.what",
                "0x-" + IDS + "01",
                "00-" + IDS + "0G",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7_01",
                "00-4bf92f3577b34da6a3ce929d0e0e473\n-00f067aa0ba902b7-01",
                " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            })
    void malformedOneIsNone(String given) {
        assertThat(TraceParent.of(given)).isNull();
    }

    @Test
    void absentOneIsNone() {
        assertThat(TraceParent.of(null)).isNull();
    }
}
