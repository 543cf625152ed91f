package dev.tidings.event.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidings.event.InvalidRequestException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictSelectorTest {

    @ParameterizedTest
    @ValueSource(strings = {"*", "/orders", "/orders/{id}", "https://example.com/a?b"})
    void whatAnOperatorMeansIsASelector(String text) {
        assertThat(StrictSelector.of(text)).isEqualTo(TopicSelector.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "}", "{id", "}a", "/orders/{id", "/orders/id}", "/orders/{}"})
    void braceOfNoTemplateIsASlip(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StrictSelector.of(text))
                .withMessageContainingAll(text, "is not a topic selector", "brace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a\n"})
    void whatIsNoSelectorIsRefusedWithItsReason(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StrictSelector.of(text))
                .withMessageContaining("is not a topic selector. It ")
                .withCauseInstanceOf(InvalidRequestException.class);
    }
}
