package dev.tidings.bench;

/**
 * When the next event is published.
 *
 * @param nanos how long after the one before; 0 for as soon as the window allows
 * @param window how many events may be published and not yet delivered to all; 0 for any number
 */
record Pace(long nanos, int window) {

    private static final double NANOS_PER_SECOND = 1e9;

    /** As fast as they are delivered, with so many under way. */
    static Pace window(int events) {
        return new Pace(0, events);
    }

    /** So many a second, however fast they are delivered. */
    static Pace perSecond(double events) {
        return new Pace((long) (NANOS_PER_SECOND / events), 0);
    }
}
