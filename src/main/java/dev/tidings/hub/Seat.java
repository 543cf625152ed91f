package dev.tidings.hub;

import dev.tidings.event.SelectorSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What delivery knows of one subscriber: where the index has it, and what it may have.
 *
 * <p><b>Threads.</b> As {@link TopicIndex} says.
 */
final class Seat {

    /** Where the index knows it. Unmodifiable, and no larger than it has to be. */
    List<Membership> memberships = List.of();

    /** What it may have of private events, as the hub shares it. */
    SharedGrant grant;

    /** The topics that it asks for, and has the memberships for as soon as the index may change. */
    SelectorSet topics;

    /** The grant that it has as soon as that is so. */
    SharedGrant nextGrant;

    /** Whether the index has to be brought up to date with it. */
    boolean postponed;

    /** The next of those that wait for that. */
    @Nullable
    Subscriber nextPostponed;

    /** How many of the hub's listeners have heard that it came, and so are to hear that it went. */
    int told;

    /** Whether it has left, or is about to. */
    boolean left;

    /** The turn in which it was last offered something, so that it is offered each event only once. */
    private long lastTurn;

    Seat(SelectorSet topics, SharedGrant grant) {
        this.topics = topics;
        this.grant = grant;
        this.nextGrant = grant;
    }

    /** Whether events that one of its selectors matched are for it, and were not offered before. */
    boolean admits(Turn turn) {
        if (turn.number() == lastTurn) {
            return false;
        }
        lastTurn = turn.number();
        return grant.allows(turn);
    }
}
