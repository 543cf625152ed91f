package dev.tidings.hub;

/**
 * How old a position may become before the peer that was last told of it should hear of a later one: a quiet subscriber
 * beside a busy topic would otherwise come back with a position that history has passed, and be told of a gap where
 * nothing was for it.
 *
 * <p>A position is stale when {@link #LIMIT} events went by since. That is no hurry: streams look for it themselves now
 * and then. It is stale, too, and at once, when history may soon have passed it, since history may be shorter than that
 * many events, or than a few large ones: then delivery wakes the streams.
 *
 * <p><b>Threads.</b> {@link #advance} belongs to the thread that delivers; any may ask {@link #isStale}.
 */
final class Staleness {

    /** How many events may go by unmatched. */
    static final int LIMIT = 1_000;

    /** After so many events it is looked, in long batches; so no run is longer. */
    static final int STEP = 100;

    /** How often delivery wakes who is stale, at least, before history has passed the half of it that is newest now. */
    private static final int TIMES = 4;

    private final EventLog log;
    private long advanced;

    /** The sequence number before which history may soon have passed. */
    private volatile long soonEvicted;

    Staleness(EventLog log, long delivered) {
        this.log = log;
        this.advanced = delivered;
    }

    /**
     * Looks how far history has come. To be called after each batch, and in long ones after every {@link #STEP} events.
     *
     * @param delivered the sequence number that delivery has reached
     * @return whether so much has gone by that history may soon have passed some position
     */
    boolean advance(long delivered) {
        soonEvicted = log.soonEvicted().sequence();
        if (delivered - advanced < Math.max(1, (log.end().sequence() - soonEvicted) / TIMES)) {
            return false;
        }
        advanced = delivered;
        return true;
    }

    /**
     * Whether a peer that was last told of one sequence number should hear that another is reached. One that history may soon
     * have passed as well is not worth telling: delivery lags behind, and will reach a better one.
     */
    boolean isStale(long told, long reached) {
        return reached - told >= LIMIT || isUrgent(told, reached);
    }

    /** Whether it should hear so at once, since history may soon have passed the sequence number it was told of. */
    boolean isUrgent(long told, long reached) {
        return told < soonEvicted && reached >= soonEvicted && reached > told;
    }
}
