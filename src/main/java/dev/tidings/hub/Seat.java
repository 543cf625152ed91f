package dev.tidings.hub;

import dev.tidings.event.Event;
import java.util.ArrayList;
import java.util.List;

/**
 * What delivery knows of one subscriber: where the index has it, and what it may have.
 *
 * <p><b>Threads.</b> None by itself: the hub guards it.
 */
final class Seat {

    /** Where the index knows it. */
    final List<Membership> memberships = new ArrayList<>();

    /** What it may have of private events, as the hub shares it. */
    SharedGrant grant;

    /** The turn in which it was last offered an event, so that it is offered each only once. */
    private long lastTurn;

    Seat(SharedGrant grant) {
        this.grant = grant;
    }

    /**
     * Whether an event that one of its selectors matched is for it, and was not before.
     *
     * @param turn a number that differs for every event
     */
    boolean admits(Event event, long turn) {
        if (turn == lastTurn) {
            return false;
        }
        lastTurn = turn;
        return grant.allows(event, turn);
    }
}
