package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.SelectorSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemplateLimitTest {

    private final TemplateLimit limit = new TemplateLimit(3);

    @Test
    void distinctTemplatesCountOnceHoweverManyStreamsAskForThem() {
        for (int i = 0; i < 10; i++) {
            limit.take(set("/{a}", "/{b}", "/exact" + i, "*"));
        }
        limit.take(set("/{c}"));
        assertRefused("/{d}");
    }

    @Test
    void oneThatNobodyAsksForAnyMoreMakesRoom() {
        limit.take(set("/{a}", "/{b}"));
        limit.take(set("/{b}", "/{c}"));
        limit.release(set("/{a}", "/{b}"));
        limit.take(set("/{d}"));
        assertRefused("/{a}");
    }

    @Test
    void whoIsRefusedHasTakenNothing() {
        limit.take(set("/{a}", "/{b}"));
        assertRefused("/{c}", "/{d}");
        limit.take(set("/{e}"));
    }

    @Test
    void whatIsChangedForAnotherMakesRoomForIt() {
        limit.take(set("/{a}", "/{b}", "/{c}"));
        limit.change(set("/{a}", "/{b}", "/{c}"), set("/{b}", "/{d}", "/{e}"));
        assertThatThrownBy(() -> limit.change(set("/{b}", "/{d}", "/{e}"), set("/{1}", "/{2}", "/{3}", "/{4}")))
                .isInstanceOf(TooManyTemplatesException.class);
        limit.release(set("/{b}"));
        limit.take(set("/{f}"));
        assertRefused("/{g}");
    }

    @Test
    void templateThatTakesLongCountsForAsManyAsItTakes() {
        assertRefused("{a}" + "x".repeat(4 * TemplateLimit.STEPS_OF_ONE) + "{b}");
        limit.take(set("/" + "x".repeat(500) + "{a}" + "x".repeat(500)));
        limit.take(set("https://example.com/users/{user}/rooms/{room}"));
    }

    @Test
    void exactTopicsAreAlwaysPossible() {
        limit.take(set("/{a}", "/{b}", "/{c}"));
        assertThatCode(() -> limit.take(set("/a", "/b", "*"))).doesNotThrowAnyException();
    }

    @Test
    void noneIsNoLimit() {
        var none = new TemplateLimit(0);
        assertThatCode(() -> none.take(set("/{a}", "/{b}"))).doesNotThrowAnyException();
    }

    @Test
    void refusalSaysWhatToDo() {
        limit.take(set("/{a}", "/{b}", "/{c}"));
        assertThatThrownBy(() -> limit.take(set("/{d}")))
                .hasMessageContainingAll("3", "tidings.limit.templates", "exact names");
    }

    private void assertRefused(String... topics) {
        assertThatThrownBy(() -> limit.take(set(topics))).isInstanceOf(TooManyTemplatesException.class);
    }

    private static SelectorSet set(String... topics) {
        return SelectorSet.parse(List.of(topics));
    }
}
