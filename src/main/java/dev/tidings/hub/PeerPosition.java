package dev.tidings.hub;

/**
 * The position that one subscriber's peer was sent last, with an event or between events.
 *
 * <p>A peer that is sent positions has to get a fresh one before its own is too old ({@link Staleness}). Other peers know only
 * the position of their last event. However old that becomes, nothing can be done about it.
 *
 * <p><b>Threads.</b> The subscriber's sink calls {@link #event} and {@link #position}. Any thread may ask.
 */
final class PeerPosition {

    private final Staleness staleness;
    private final boolean sendsPositions;
    private volatile long sequence;

    /**
     * @param sendsPositions as {@link Sink#sendsPositions}
     * @param sequence where the peer begins
     */
    PeerPosition(Staleness staleness, boolean sendsPositions, long sequence) {
        this.staleness = staleness;
        this.sendsPositions = sendsPositions;
        this.sequence = sequence;
    }

    long sequence() {
        return sequence;
    }

    /** The peer is about to be sent the event with this sequence number. */
    void event(long eventSequence) {
        sequence = eventSequence;
    }

    /** The peer is about to be sent this position, if it is sent positions at all. */
    void position(long reached) {
        if (sendsPositions) {
            sequence = reached;
        }
    }

    /** Whether it should be sent the position that is reached: many events went by, or that {@link #isUrgent}. */
    boolean isStale(long reached) {
        return sendsPositions && staleness.isStale(sequence, reached);
    }

    /** Whether it should be sent that position at once, because history may soon pass its own. */
    boolean isUrgent(long reached) {
        return sendsPositions && staleness.isUrgent(sequence, reached);
    }
}
