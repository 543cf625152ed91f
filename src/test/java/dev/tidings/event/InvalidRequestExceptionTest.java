package dev.tidings.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A refusal knows its field apart from what is wrong with it. */
class InvalidRequestExceptionTest {

    private final InvalidRequestException refusal = new InvalidRequestException("topic", "It is empty: name one.");

    @Test
    void messageIsTheFieldAndTheDetail() {
        assertThat(refusal).hasMessage("topic: It is empty: name one.");
        assertThat(refusal.field()).isEqualTo("topic");
        assertThat(refusal.detail()).isEqualTo("It is empty: name one.");
    }

    @Test
    void doorNamesTheFieldInItsOwnWay() {
        InvalidRequestException other = refusal.of("topics");
        assertThat(other).hasMessage("topics: It is empty: name one.");
        assertThat(other.field()).isEqualTo("topics");
        assertThat(other.detail()).isEqualTo(refusal.detail());
    }
}
