package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
import dev.tidings.testing.Eventually;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which grants allow a private event, and what is left of one that nobody has. */
class GrantsTest {

    private final Grants grants = new Grants();
    private final Set<SharedGrant> held = new LinkedHashSet<>();
    private long batches;

    @Test
    void grantAllowsWhatOneOfItsSelectorsCovers() {
        SharedGrant rooms = hold("/rooms/{id}", "/a");
        SharedGrant exact = hold("/a");
        SharedGrant everything = hold("*");
        assertAllowed(batch("/a"), rooms, exact, everything);
        assertAllowed(batch("/rooms/7"), rooms, everything);
        assertAllowed(batch("/none", "/rooms/7"), rooms, everything);
        assertAllowed(batch("/none"), everything);
    }

    @Test
    void whatTheHubTellsIsAllowedToThoseAloneWhoNameIt() {
        SharedGrant named = hold("/clients{/id}");
        SharedGrant other = hold("/hub");
        SharedGrant everything = hold("*");
        assertAllowed(batch("/clients/1"), named);
        assertThat(List.of(named.isOperators, other.isOperators, everything.isOperators))
                .containsExactly(true, true, false);
    }

    @Test
    void grantThatIsLetGoLeavesTheOthersAsTheyAre() {
        SharedGrant both = hold("/a", "/rooms/{id}");
        SharedGrant one = hold("/a");
        SharedGrant other = hold("/rooms/{id}");
        grants.release(both);
        held.remove(both);
        assertAllowed(batch("/a"), one);
        assertAllowed(batch("/rooms/7"), other);
        SharedGrant again = hold("/a", "/rooms/{id}");
        assertAllowed(batch("/rooms/7"), other, again);
    }

    @Test
    void nothingIsLeftOfWhatNobodyHas() {
        List<WeakReference<Object>> gone = holdAndRelease();
        Eventually.holds("it is let go", () -> {
            System.gc();
            return gone.stream().allMatch(one -> one.get() == null);
        });
        assertThat(hold("/rooms/{id}")).isNotNull();
    }

    private List<WeakReference<Object>> holdAndRelease() {
        SharedGrant grant = hold("/rooms/{id}", "/clients/{id}", "/a", "*");
        SharedGrant stays = hold("/a");
        TopicSelector template = grant.selectors.selectors().get(0);
        grants.release(grant);
        held.clear();
        assertThat(stays.holders).isEqualTo(1);
        return List.of(new WeakReference<>(grant), new WeakReference<>(template));
    }

    private SharedGrant hold(String... selectors) {
        SharedGrant grant = grants.hold(SelectorSet.parse(List.of(selectors)));
        held.add(grant);
        return grant;
    }

    private Batch batch(String... topics) {
        Event event = Event.kept(
                new Position(Epoch.startingAt(Instant.EPOCH), 1),
                new PublishRequest(List.of(topics), null, "x", null, null, true),
                Instant.EPOCH);
        var batch = new Batch(++batches, List.of(event));
        grants.mark(batch);
        return batch;
    }

    /** That of all grants that are held only these may have it. */
    private void assertAllowed(Batch batch, SharedGrant... allowed) {
        assertThat(held.stream().filter(grant -> grant.allows(batch))).containsExactly(allowed);
    }
}
