package dev.tidings.soak;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * What all clients together have met.
 *
 * <p><b>Threads.</b> Any.
 */
final class Counts {

    private static final int FAULTS_KEPT = 20;

    final LongAdder received = new LongAdder();

    /** Events that their publisher published once more, since it had no answer. */
    final LongAdder doubled = new LongAdder();

    final LongAdder gaps = new LongAdder();

    /** Streams that ended, or were refused, and not by their client's doing. */
    final LongAdder ended = new LongAdder();

    /** Streams that were opened again after their last event id. */
    final LongAdder resumed = new LongAdder();

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    /** Notes that a client got what it should not. */
    void fault(String sentence) {
        if (faults.size() < FAULTS_KEPT) {
            faults.add(sentence);
        }
    }

    /** What clients got that they should not; only the first few are kept. */
    List<String> faults() {
        return List.copyOf(faults);
    }
}
