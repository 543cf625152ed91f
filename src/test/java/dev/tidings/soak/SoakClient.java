package dev.tidings.soak;

import dev.tidings.testing.Arrival;
import dev.tidings.testing.CrowdStream;
import dev.tidings.testing.Latencies;

/**
 * A client of the soak: it sees that each event follows the one before it of the same topic, unless it was told of a gap.
 *
 * <p><b>Threads.</b> The crowd's; {@link #isOpen}, {@link #lacks} and what it is made of are for any.
 */
final class SoakClient implements CrowdStream.Reader {

    /** About what a socket takes at least. */
    private static final int TINY = 4_096;

    private final SoakHub hub;
    private final int number;
    private final boolean slow;
    private final Counts counts;
    private final Latencies latencies;
    private final Runnable ended;
    private final CrowdStream stream;
    private final Sequence channel = new Sequence();
    private final Sequence inbox = new Sequence();
    private final Sequence bulk = new Sequence();
    private volatile boolean away = true;
    private long openedAt;

    /**
     * One that is not here yet.
     *
     * @param latencies is told how long events took that were published while it was here
     * @param ended is told when its stream has ended, and not by its own doing
     */
    SoakClient(SoakHub hub, int number, boolean slow, Counts counts, Latencies latencies, Consumer ended) {
        this.hub = hub;
        this.number = number;
        this.slow = slow;
        this.counts = counts;
        this.latencies = latencies;
        this.ended = () -> ended.accept(this);
        String authorization = hub.authorization(number);
        this.stream = new CrowdStream(() -> hub.request(number, slow, authorization), slow ? TINY : 0, this);
    }

    /** What hears of a client. */
    interface Consumer {
        void accept(SoakClient client);
    }

    CrowdStream stream() {
        return stream;
    }

    SoakHub hub() {
        return hub;
    }

    int number() {
        return number;
    }

    /** Whether it stops reading now and then. */
    boolean isSlow() {
        return slow;
    }

    /** Whether it has a stream that has begun. */
    boolean isOpen() {
        return !away && stream.isOpen();
    }

    /** Takes that it opens its stream now. */
    void comes() {
        away = false;
        openedAt = 0;
    }

    /** Takes that it has left. */
    void leaves() {
        away = true;
    }

    /** Whether it has not got the last of what was published to it. */
    boolean lacks(Published published) {
        return channel.number() != published.lastOf(number % SoakHub.CHANNELS)
                || inbox.number() != 0 && inbox.number() != published.lastTo(number);
    }

    /** What it has and what it should have. */
    String describe(Published published) {
        return hub.user(number) + (isOpen() ? " has " : " is not here, and has ") + channel.number() + " of "
                + published.lastOf(number % SoakHub.CHANNELS) + " and in its inbox " + inbox.number() + " of "
                + published.lastTo(number);
    }

    @Override
    public void event(CrowdStream from, Arrival event) {
        if (openedAt == 0) {
            openedAt = event.readAt();
        }
        if (event.type().equals("gap")) {
            counts.gaps.increment();
            channel.forget();
            inbox.forget();
            bulk.forget();
            return;
        }
        counts.received.increment();
        take(sequence((int) event.number(Published.KIND)), event);
        long stamp = event.number(Published.STAMP);
        if (!slow && stamp > openedAt) {
            latencies.add(event.readAt() - stamp);
        }
    }

    @Override
    public boolean ended(CrowdStream from, Throwable reason) {
        if (!away) {
            away = true;
            counts.ended.increment();
            ended.run();
        }
        return true;
    }

    private Sequence sequence(int kind) {
        return switch (kind) {
            case Published.CHANNEL -> channel;
            case Published.INBOX -> inbox;
            case Published.BULK -> bulk;
            default -> throw new IllegalStateException("an event of kind " + kind);
        };
    }

    private void take(Sequence sequence, Arrival event) {
        long before = sequence.number();
        long next = event.number(Published.NUMBER);
        long attempt = event.number(Published.ATTEMPT);
        if (sequence.isAgain(next, attempt)) {
            counts.doubled.increment();
        }
        if (!sequence.take(next, attempt)) {
            counts.fault(hub.user(number) + " got after " + before + ": " + event.data());
        }
    }

    @Override
    public String toString() {
        return hub.user(number) + (away ? " is away" : " waits at " + stream.goal());
    }
}
