package dev.tidings.log.memory;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.log.Requests;
import dev.tidings.log.Retention;
import dev.tidings.log.Shortage;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A process with a tiny heap whose logs in memory run out of it in the middle of an append, each log a few bytes later than
 * the one before it, and which looks whether they agree with themselves afterwards.
 */
public final class MemoryShortageProcess {

    /** As many events as the arrays of a new log have room for, so that the next makes all of them grow. */
    private static final int FULL = 64;

    private static final int ROUNDS = 2_000;

    private MemoryShortageProcess() {}

    /** Prints how many appends failed, or what is wrong. */
    public static void main(String[] arguments) {
        var shortage = new Shortage();
        int failures = 0;
        failAfter(shortage, ROUNDS);
        for (int units = 0; units < ROUNDS; units += 1 + units / 25) {
            failures += failAfter(shortage, units) ? 1 : 0;
        }
        System.out.println("failed " + failures);
    }

    private static boolean failAfter(Shortage shortage, int units) {
        var log = new MemoryLog(
                new Retention(FULL * 2, Duration.ofHours(1), 1L << 30, SelectorSet.of(List.of())), Clock.systemUTC());
        var accepted = new ArrayList<Event>();
        for (int n = 0; n < FULL; n++) {
            accepted.addAll(log.append(List.of(Requests.withId("id-" + n))));
        }
        List<PublishRequest> batch = List.of(Requests.withId("id-0"), Requests.withId("new"), Requests.of("bare"));
        boolean failed = false;
        shortage.begin(units);
        List<Event> answered = null;
        try {
            answered = log.append(batch);
        } catch (OutOfMemoryError asWanted) {
            failed = true;
        }
        shortage.end();
        if (answered != null) {
            accepted.addAll(answered);
        }
        try {
            requireWhole(log, accepted);
            for (int n = 0; n < 3 * FULL; n++) {
                accepted.addAll(log.append(List.of(Requests.withId("later-" + n))));
                if (n % (FULL / 2) == 0) {
                    requireWhole(log, accepted);
                }
            }
            requireDelivered(log, accepted);
        } catch (RuntimeException | InterruptedException broken) {
            throw new IllegalStateException("after " + units + " units, failed: " + failed, broken);
        } finally {
            log.close();
        }
        return failed;
    }

    /** What the log says of itself is what was accepted, and nothing else. */
    private static void requireWhole(MemoryLog log, List<Event> accepted) {
        long end = log.end().sequence();
        require(end == accepted.size(), "it ends at " + end + " after " + accepted.size());
        long start = log.start().sequence();
        require(end - start == Math.min(end, FULL * 2), "it holds " + start + " to " + end);
        List<Event> held = Requests.events(log);
        require(held.equals(accepted.subList((int) start, (int) end)), "it holds other events");
        for (Event event : held) {
            Event first = held.stream()
                    .filter(other -> other.id().equals(event.id()))
                    .findFirst()
                    .orElseThrow();
            require(first.position().equals(log.find(event.id())), "it finds " + event.id() + " elsewhere");
        }
        for (Event event : accepted.subList(0, (int) start)) {
            boolean again = held.stream().anyMatch(other -> other.id().equals(event.id()));
            require(
                    again || event.publisherId() == null || log.find(event.id()) == null,
                    "it finds " + event.id() + ", which is forgotten");
        }
    }

    private static void requireDelivered(MemoryLog log, List<Event> accepted) throws InterruptedException {
        var delivered = new ArrayList<Event>();
        synchronized (delivered) {
            log.follow(events -> {
                synchronized (delivered) {
                    delivered.addAll(events);
                    delivered.notifyAll();
                }
            });
            while (delivered.size() < accepted.size()) {
                delivered.wait(10_000);
            }
            require(delivered.equals(accepted), "it delivers other events");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(Objects.requireNonNull(otherwise));
        }
    }
}
