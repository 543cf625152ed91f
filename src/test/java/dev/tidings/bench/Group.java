package dev.tidings.bench;

import dev.tidings.testing.CrowdStream;
import dev.tidings.testing.StreamRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Streams that are opened, counted and cut together.
 *
 * <p><b>Threads.</b> The one that runs the trial; what the streams are sent belongs to the crowd's.
 */
final class Group {

    private final Tally tally = new Tally();
    private final List<CrowdStream> streams = new ArrayList<>();
    private final List<Ledger> ledgers = new ArrayList<>();
    private long goal;

    /**
     * So many streams, none of them open yet.
     *
     * @param receiveBuffer about how many bytes a server can send ahead of a reader; 0 for what the system gives
     * @param channels the channel of each
     */
    Group(Target target, int count, int receiveBuffer, IntFunction<String> channels) {
        for (int i = 0; i < count; i++) {
            var ledger = new Ledger(tally, target.envelope());
            ledgers.add(ledger);
            StreamRequest request = target.stream(channels.apply(i));
            streams.add(new CrowdStream(() -> target.current(request), receiveBuffer, ledger));
        }
    }

    List<CrowdStream> streams() {
        return streams;
    }

    int size() {
        return streams.size();
    }

    Tally tally() {
        return tally;
    }

    /** Has it wait for so many deliveries more. */
    void expect(long deliveries) {
        goal += deliveries;
    }

    /** How many events the stream with this index has been sent, each in its turn. */
    int arrived(int stream) {
        return ledgers.get(stream).arrived();
    }

    /** How many deliveries there are to be. */
    long goal() {
        return goal;
    }

    /** What is wrong, in words, when the stream with each index was to be sent so many events. */
    Optional<String> faults(IntUnaryOperator expected) {
        long missing = 0;
        long doubled = 0;
        long disordered = 0;
        for (int i = 0; i < ledgers.size(); i++) {
            missing += ledgers.get(i).missing(expected.applyAsInt(i));
            doubled += ledgers.get(i).doubled();
            disordered += ledgers.get(i).disordered();
        }
        return missing + doubled + disordered == 0
                ? Optional.empty()
                : Optional.of(missing + " events missing, " + doubled + " doubled, " + disordered + " out of order on "
                        + size() + " streams");
    }
}
