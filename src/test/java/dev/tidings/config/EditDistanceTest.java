package dev.tidings.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EditDistanceTest {

    private static final List<String> WORDS = List.of("x.limits", "x.limit", "x.outbox", "x.retry");

    @ParameterizedTest
    @CsvSource({
        "x.limt, x.limit",
        "x.limitt, x.limits",
        "x.limitts, x.limits",
        "x.outbx, x.outbox",
        "x.outboxx, x.outbox",
        "x.uotbox, x.outbox",
        "x.etry, x.retry",
        "y.retry, x.retry"
    })
    void nearestWordWasMeant(String word, String meant) {
        assertThat(EditDistance.nearest(word, "x.", WORDS)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.re", "x.unknown", "x.yrter", "x."})
    void farWordWasNotMeant(String word) {
        assertThat(EditDistance.nearest(word, "x.", WORDS)).isNull();
    }
}
