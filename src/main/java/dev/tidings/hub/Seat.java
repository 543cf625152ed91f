package dev.tidings.hub;

import dev.tidings.event.Event;
import java.util.List;

/**
 * What delivery knows of one subscriber: where the index has it, and what it may have.
 *
 * <p><b>Threads.</b> None by itself: the hub guards it.
 */
final class Seat {

    /** Where the index knows it. Unmodifiable, and no larger than it has to be. */
    List<Membership> memberships = List.of();

    /** What it may have of private events, as the hub shares it. */
    SharedGrant grant;

    /** How many of the hub's listeners have heard that it came, and so are to hear that it went. */
    int told;

    /** Whether it has left, or is about to. */
    boolean left;

    /** The turn in which it was last offered something, so that it is offered each event only once. */
    private long lastTurn;

    Seat(SharedGrant grant) {
        this.grant = grant;
    }

    /**
     * Whether events that one of its selectors matched are for it, and were not offered before.
     *
     * @param run either some public ones or a private one
     * @param turn a number that differs for every run
     */
    boolean admits(List<Event> run, long turn) {
        if (turn == lastTurn) {
            return false;
        }
        lastTurn = turn;
        return grant.allows(run.get(0), turn);
    }
}
