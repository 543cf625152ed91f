package dev.tidings.hub;

import java.util.List;

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

    /** The turn in which it was last offered something, so that it is offered each event only once. */
    private long lastTurn;

    Seat(SharedGrant grant) {
        this.grant = grant;
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
