package dev.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void valueIsAllAfterTheFirstEqualsSign() {
        assertThat(Options.of("token=eyJ.a==").text("token", "")).isEqualTo("eyJ.a==");
    }

    @Test
    void severalValuesHaveCommasBetweenThem() {
        assertThat(Options.of("servers=jetty,tomcat").list("servers", "")).containsExactly("jetty", "tomcat");
    }

    @Test
    void wordCountsBeforeTheVariableAndTheVariableBeforeTheDefault() {
        Map<String, String> environment = Map.of("BENCH_WARM_UPS", "2", "BENCH_ROUNDS", "5");
        var options = new Options(Map.of("warm-ups", "0", "rounds", " "), environment);
        assertThat(options.number("warm-ups", 1, 0)).isEqualTo(0);
        assertThat(options.number("rounds", 3, 1)).isEqualTo(5);
        assertThat(options.number("streams", 10, 1)).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"round=1", "rounds", "bench.rounds=1", "=1"})
    void wordThatIsNoOptionIsNamedBesideThoseThereAre(String word) {
        assertThatThrownBy(() -> Options.of("streams=5", word))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + word + "'")
                .hasMessageContaining("rounds, scenarios");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "123456789"})
    void numberThatIsNoneIsNamed(String value) {
        assertThatThrownBy(() -> Options.of("rounds=" + value).number("rounds", 3, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rounds is '" + value + "', not a number of 1 or more");
    }
}
