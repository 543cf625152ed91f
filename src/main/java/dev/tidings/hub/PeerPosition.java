package dev.tidings.hub;

/**
 * The sequence number of which one subscriber's peer last heard, with an event or between events.
 *
 * <p>A peer that hears of positions is to hear of a fresh one before its own is too old ({@link Staleness}). To one that
 * does not, only its last event counts, and however old that is, nothing can be done about it.
 *
 * <p><b>Threads.</b> {@link #event} and {@link #position} belong to the subscriber's sink; any may ask.
 */
final class PeerPosition {

    private final Staleness staleness;
    private final boolean hearsPositions;
    private volatile long sequence;

    /**
     * @param hearsPositions as the sink says it
     * @param sequence where the peer begins
     */
    PeerPosition(Staleness staleness, boolean hearsPositions, long sequence) {
        this.staleness = staleness;
        this.hearsPositions = hearsPositions;
        this.sequence = sequence;
    }

    long sequence() {
        return sequence;
    }

    /** The peer is about to have the event of this sequence number. */
    void event(long eventSequence) {
        sequence = eventSequence;
    }

    /** The peer is about to be told that this sequence number is reached, if it hears of any. */
    void position(long reached) {
        if (hearsPositions) {
            sequence = reached;
        }
    }

    /** Whether it should hear that another sequence number is reached, since many events went by, or that {@link #isUrgent}. */
    boolean isStale(long reached) {
        return hearsPositions && staleness.isStale(sequence, reached);
    }

    /** Whether it should hear so at once, since history may soon have passed its own. */
    boolean isUrgent(long reached) {
        return hearsPositions && staleness.isUrgent(sequence, reached);
    }
}
