package dev.tidings.hub;

/**
 * How old the position of a peer may become before the peer should be sent a later one. Otherwise a quiet subscriber beside a
 * busy topic would come back with a position that history has passed, and be told of a gap although nothing was for it.
 *
 * <p>A position is stale when {@link #LIMIT} events went by since. Streams check that themselves now and then, since it is not
 * urgent. A position is urgent when history may soon pass it: history may be shorter than that many events, or than a few large
 * ones. Then delivery wakes the streams.
 *
 * <p><b>Threads.</b> The delivering thread calls {@link #advance}. Any thread may ask {@link #isStale}.
 */
final class Staleness {

    /** How many events may go by unmatched. */
    static final int LIMIT = 1_000;

    /** After how many events history is looked at, at the latest. So no batch is longer. */
    static final int STEP = 100;

    /** How often delivery wakes stale streams, at least, before history has passed the half of it that is newest now. */
    private static final int TIMES = 4;

    private final EventLog log;
    private long advanced;

    /** Events before this sequence number may soon be forgotten. */
    private volatile long soonEvicted;

    Staleness(EventLog log, long delivered) {
        this.log = log;
        this.advanced = delivered;
    }

    /** Goes on after another sequence number, since the log begins anew. Called by the delivering thread. */
    void restart(long delivered) {
        advanced = delivered;
        // The log cannot be asked while it begins.
        soonEvicted = 0;
    }

    /**
     * Looks how far history has moved. Called after all events that were handed over, and after every {@link #STEP} of them.
     *
     * @param delivered the sequence number that delivery has reached
     * @return whether so many events went by that history may soon pass some position
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
     * Whether a peer that was sent one position should be sent another that is reached. A position that history may soon pass as
     * well is not worth sending: delivery lags behind, and will reach a better one.
     */
    boolean isStale(long told, long reached) {
        return reached - told >= LIMIT || isUrgent(told, reached);
    }

    /** Whether it should be sent that at once, because history may soon pass the position that it was sent. */
    boolean isUrgent(long told, long reached) {
        return told < soonEvicted && reached >= soonEvicted && reached > told;
    }
}
