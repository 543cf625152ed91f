package dev.tidings.http.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamStateTest {

    @ParameterizedTest
    @CsvSource({"OPEN, CLOSING", "OPEN, CLOSED", "CLOSING, CLOSED"})
    void eachLeadsToThoseThatComeLaterAndNeitherBackNorToItself(StreamState earlier, StreamState later) {
        assertThat(earlier.to(later)).isEqualTo(later);
        assertThatIllegalStateException().isThrownBy(() -> later.to(earlier));
        assertThatIllegalStateException().isThrownBy(() -> later.to(later));
        assertThatIllegalStateException().isThrownBy(() -> earlier.to(earlier));
    }
}
