package dev.tidings.hub;

/**
 * How old a position may become before the peer that was last told of it should hear of a later one: a quiet subscriber
 * beside a busy topic would otherwise come back with a position that history has passed, and be told of a gap where
 * nothing was for it.
 *
 * <p>A position is stale when {@link #LIMIT} events went by since, and already when history may soon have passed it,
 * since history may be shorter than that many events.
 *
 * <p><b>Threads.</b> {@link #advance} belongs to the thread that delivers; any may ask {@link #stale}.
 */
final class Freshness {

    /** How many events may go by unmatched. */
    static final int LIMIT = 1_000;

    /** After so many events at most it is looked whose position has become stale. Divides the limit. */
    private static final int STEP = 100;

    /** How often it is looked, at least, before history has passed the half that is newest now. */
    private static final int LOOKS = 4;

    private final EventLog log;
    private long looked;
    private long step = 1;

    /** The place before which history may soon have passed. */
    private volatile long fading;

    Freshness(EventLog log, long delivered) {
        this.log = log;
        this.looked = delivered;
    }

    /** Delivery has reached this place; returns whether it is time to look whose position has become stale by that. */
    boolean advance(long delivered) {
        if (delivered - looked < step) {
            return false;
        }
        looked = delivered;
        fading = log.fading().place();
        step = Math.max(1, Math.min(STEP, (delivered - fading) / LOOKS));
        return true;
    }

    /** Whether a peer that was last told of one place should hear that another is reached. */
    boolean stale(long told, long reached) {
        return reached > told && (reached - told > LIMIT - STEP || told < fading);
    }
}
