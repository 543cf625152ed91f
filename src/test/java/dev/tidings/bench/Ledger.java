package dev.tidings.bench;

import dev.tidings.testing.Arrival;
import dev.tidings.testing.CrowdStream;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What one stream has been sent: its events are numbered from 0 on, and each has to come, once and in its turn.
 *
 * <p>As long as all is well this is one number; from the first event out of turn on, every number is kept.
 *
 * <p><b>Threads.</b> The crowd's; any other once the crowd is done.
 */
final class Ledger implements CrowdStream.Reader {

    private final Tally tally;
    private final Envelope envelope;
    private int next;
    private @Nullable BitSet seen;
    private int doubled;
    private int disordered;

    /** An empty one of a server whose events come in this envelope. It tells this tally of each event that comes for the first time. */
    Ledger(Tally tally, Envelope envelope) {
        this.tally = tally;
        this.envelope = envelope;
    }

    /** What to publish as the event with this number, which is to have been sent at that {@link System#nanoTime}. */
    static String data(int number, long stamp, String padding) {
        return number + " " + stamp + " " + padding;
    }

    @Override
    public boolean isOpenWithFirstEvent() {
        return envelope.hasGreeting();
    }

    /** @throws IllegalStateException if the server sends anything before it says that the stream is open */
    @Override
    public void event(CrowdStream stream, Arrival event) {
        if (envelope.hasGreeting() && !stream.isOpen() && !envelope.isGreeting(event)) {
            throw new IllegalStateException("the stream begins with " + event.data());
        }
        if (!envelope.hasEvent(event)) {
            return;
        }
        long number = envelope.number(event, 0);
        if (enter(Math.toIntExact(number))) {
            tally.add(number, event.readAt() - envelope.number(event, 1));
        }
    }

    /** Enters a number; false when it is here already. */
    boolean enter(int number) {
        if (seen == null && number == next) {
            next++;
            return true;
        }
        if (seen == null) {
            seen = new BitSet();
            seen.set(0, next);
        }
        if (seen.get(number)) {
            doubled++;
            return false;
        }
        disordered += number < seen.length() ? 1 : 0;
        seen.set(number);
        return true;
    }

    /** How many have come before any that is out of turn. */
    int arrived() {
        return next;
    }

    /** How many of the first so many have not come. */
    int missing(int expected) {
        return expected
                - (seen == null
                        ? Math.min(next, expected)
                        : seen.get(0, expected).cardinality());
    }

    /** How often one came again. */
    int doubled() {
        return doubled;
    }

    /** How many came after one that follows them. */
    int disordered() {
        return disordered;
    }
}
