package dev.tidings.http.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class StreamStateTest {

    @Test
    void eachLeadsToThoseThatComeLaterAndToNoOther() {
        for (StreamState from : StreamState.values()) {
            for (StreamState to : StreamState.values()) {
                if (to.compareTo(from) > 0) {
                    assertThat(from.to(to)).isEqualTo(to);
                } else {
                    assertThatIllegalStateException().isThrownBy(() -> from.to(to));
                }
            }
        }
    }
}
