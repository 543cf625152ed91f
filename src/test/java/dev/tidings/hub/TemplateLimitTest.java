package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
import dev.tidings.testing.Eventually;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class TemplateLimitTest {

    private static final Peer ALICE = new Peer("alice", "alice", "192.0.2.1", "", "sse", null);
    private static final Peer BOB = new Peer("bob", "bob", "192.0.2.1", "", "sse", null);

    private final TemplateLimit limit = new TemplateLimit(3, new Refusals(System::nanoTime));

    @Test
    void distinctTemplatesCountOnceHoweverManyStreamsAskForThem() {
        for (int i = 0; i < 10; i++) {
            limit.take(ALICE, set("/{a}", "/{b}", "/exact" + i, "*"));
        }
        limit.take(ALICE, set("/{c}"));
        assertRefused("/{d}");
    }

    @Test
    void oneThatNobodyAsksForAnyMoreMakesRoom() {
        limit.take(ALICE, set("/{a}", "/{b}"));
        limit.take(ALICE, set("/{b}", "/{c}"));
        limit.release(ALICE, set("/{a}", "/{b}"));
        limit.take(ALICE, set("/{d}"));
        assertRefused("/{a}");
    }

    /** Found when a thousand streams with the same hundred templates each took all memory. */
    @Test
    void equalTemplatesOfAllStreamsAreOne() {
        SelectorSet first = set("/{a}", "/exact", "/{b}");
        assertThat(limit.take(ALICE, first)).isEqualTo(first);
        SelectorSet second = limit.take(BOB, set("/{b}", "/{a}"));
        assertThat(second).isEqualTo(set("/{b}", "/{a}"));
        assertThat(second.selectors().get(0)).isSameAs(first.selectors().get(2));
        assertThat(second.selectors().get(1)).isSameAs(first.selectors().get(0));
        SelectorSet third = limit.take(BOB, set("/{a}"), second);
        assertThat(third.selectors().get(0)).isSameAs(first.selectors().get(0));
    }

    @Test
    void whoIsRefusedHasTakenNothing() {
        limit.take(ALICE, set("/{a}", "/{b}"));
        assertRefused("/{c}", "/{d}");
        limit.take(ALICE, set("/{e}"));
    }

    @Test
    void whatIsChangedForAnotherMakesRoomForIt() {
        limit.take(ALICE, set("/{a}", "/{b}", "/{c}"));
        limit.take(ALICE, set("/{b}", "/{d}", "/{e}"), set("/{a}", "/{b}", "/{c}"));
        limit.release(ALICE, set("/{a}", "/{b}", "/{c}"));
        assertThatThrownBy(() -> limit.take(ALICE, set("/{1}", "/{2}", "/{3}", "/{4}"), set("/{b}", "/{d}", "/{e}")))
                .isInstanceOf(LimitReachedException.class);
        limit.release(ALICE, set("/{b}"));
        limit.take(ALICE, set("/{f}"));
        assertRefused("/{g}");
    }

    @Test
    void templateThatTakesLongCountsForAsManyAsItTakes() {
        assertRefused("{a}" + "x".repeat(4 * TemplateCount.STEPS_OF_ONE) + "{b}");
        limit.take(ALICE, set("/" + "x".repeat(500) + "{a}" + "x".repeat(500)));
        limit.take(ALICE, set("https://example.com/users/{user}/rooms/{room}"));
    }

    @Test
    void templateCountsOnceForEverySixteenStepsThatItIsBegunWith() {
        for (int length = 0; length < 100; length++) {
            TopicSelector template = TopicSelector.of("/" + "x".repeat(length) + "{a}" + "y".repeat(length) + "{b}");
            var count = new TemplateCount();
            count.add(SelectorSet.of(List.of(template)));
            assertThat(count.weight())
                    .as("%d steps", template.steps())
                    .isEqualTo((template.steps() + TemplateCount.STEPS_OF_ONE - 1) / TemplateCount.STEPS_OF_ONE);
        }
    }

    @Test
    void nothingIsLeftOfAUserWithoutTemplates() {
        WeakReference<String> refused = new WeakReference<>(comeAndGo());
        Eventually.holds("its name is let go", () -> {
            System.gc();
            return refused.get() == null;
        });
    }

    private String comeAndGo() {
        var caller = new Peer(null, String.join("", "of no ", "template"), "", "", "sse", null);
        limit.take(caller, set("/a"));
        limit.take(caller, set("/{a}"));
        limit.release(caller, set("/{a}"));
        limit.release(caller, set("/a"));
        assertThatThrownBy(() -> limit.take(caller, set("/{a}", "/{b}", "/{c}", "/{d}")))
                .isInstanceOf(LimitReachedException.class);
        return caller.caller();
    }

    @Test
    void exactTopicsAreAlwaysPossible() {
        limit.take(ALICE, set("/{a}", "/{b}", "/{c}"));
        assertThatCode(() -> limit.take(ALICE, set("/a", "/b", "*"))).doesNotThrowAnyException();
    }

    @Test
    void noneIsNoLimit() {
        var none = new TemplateLimit(0, new Refusals(System::nanoTime));
        assertThatCode(() -> none.take(ALICE, set("/{a}", "/{b}"))).doesNotThrowAnyException();
    }

    /** Found when one user with a hundred streams shut everybody else out. */
    @Test
    void oneUserGetsAShareAndOthersTheRest() {
        var large = new TemplateLimit(1_000, new Refusals(System::nanoTime));
        large.take(ALICE, numbered(0, 250));
        assertThatThrownBy(() -> large.take(ALICE, set("/{more}")))
                .isInstanceOf(LimitReachedException.class)
                .hasMessageContaining("The streams of this user")
                .hasMessageContaining("250");
        large.take(BOB, numbered(0, 250));
        large.take(new Peer(null, "192.0.2.7", "192.0.2.7", "", "sse", null), numbered(250, 500));
        large.release(ALICE, numbered(0, 250));
        assertThatCode(() -> large.take(ALICE, set("/{more}"))).doesNotThrowAnyException();
    }

    @Test
    void smallLimitLeavesOneUserAHundred() {
        var small = new TemplateLimit(300, new Refusals(System::nanoTime));
        small.take(ALICE, numbered(0, 100));
        assertThatThrownBy(() -> small.take(ALICE, set("/{more}")))
                .asInstanceOf(InstanceOfAssertFactories.type(LimitReachedException.class))
                .returns(Limit.TEMPLATES_PER_CALLER, LimitReachedException::limit);
        small.take(BOB, numbered(100, 200));
        small.take(new Peer(null, "carol", "", "", "sse", null), numbered(200, 300));
        assertThatThrownBy(() -> small.take(new Peer(null, "dave", "", "", "sse", null), set("/{more}")))
                .asInstanceOf(InstanceOfAssertFactories.type(LimitReachedException.class))
                .returns(Limit.TEMPLATES, LimitReachedException::limit);
    }

    @Test
    void refusalSaysWhatToDo() {
        limit.take(ALICE, set("/{a}", "/{b}", "/{c}"));
        assertThatThrownBy(() -> limit.take(ALICE, set("/{d}")))
                .hasMessageContainingAll("3", "tidings.limit.templates", "exact names");
    }

    private void assertRefused(String... topics) {
        assertThatThrownBy(() -> limit.take(ALICE, set(topics))).isInstanceOf(LimitReachedException.class);
    }

    private static SelectorSet numbered(int from, int to) {
        return set(IntStream.range(from, to).mapToObj(i -> "/" + i + "/{x}").toArray(String[]::new));
    }

    private static SelectorSet set(String... topics) {
        return SelectorSet.parse(List.of(topics));
    }
}
