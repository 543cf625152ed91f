package dev.tidings.log.file;

import dev.tidings.event.Event;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.log.Requests;
import dev.tidings.log.Shortage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A process with a tiny heap whose log in a file runs out of it again and again, on whichever of its threads: what was
 * answered is there, what was refused is not there twice, and memory and file agree, also after a restart.
 */
public final class FileShortageProcess {

    private static final int ROUNDS = 30;

    private FileShortageProcess() {}

    /** Prints how many appends failed, or what is wrong. */
    public static void main(String[] arguments) throws Exception {
        var random = new Random(1);
        var shortage = new Shortage();
        Path file = Path.of(arguments[0]);
        List<Event> answered = new ArrayList<>();
        List<Event> delivered = new CopyOnWriteArrayList<>();
        int failures = 0;
        try (FileLog log = FileLog.open(file, Requests.AMPLE, Clock.systemUTC(), Requests.WAIT)) {
            log.follow(delivered::addAll);
            for (int round = 0; round < ROUNDS; round++) {
                answered.add(appendUntilItWorks(log, "before-" + round));
                String id = "short-" + round;
                shortage.begin(random.nextInt(round % 2 == 0 ? 500 : 20_000));
                Event event = null;
                try {
                    event = log.append(List.of(Requests.withId(id))).get(0);
                } catch (OutOfMemoryError | LogUnavailableException asWanted) {
                    failures++;
                }
                shortage.end();
                if (event != null) {
                    answered.add(event);
                }
            }
            answered.add(appendUntilItWorks(log, "last"));
            requireWhole(log, answered);
            List<Event> held = Requests.events(log);
            while (delivered.size() < held.size()) {
                Thread.onSpinWait();
            }
            require(Requests.ids(delivered).equals(Requests.ids(held)), "it delivered other events");
        }
        try (FileLog log = FileLog.open(file, Requests.AMPLE, Clock.systemUTC(), Requests.WAIT)) {
            requireWhole(log, answered);
        }
        System.out.println("failed " + failures);
    }

    private static Event appendUntilItWorks(FileLog log, String id) throws InterruptedException {
        long end = System.nanoTime() + 30_000_000_000L;
        while (true) {
            try {
                return log.append(List.of(Requests.withId(id))).get(0);
            } catch (LogUnavailableException down) {
                require(System.nanoTime() < end, "it did not recover: " + log.fault());
                Thread.onSpinWait();
            }
        }
    }

    private static void requireWhole(FileLog log, List<Event> answered) {
        List<Event> held = Requests.events(log);
        require(log.start().sequence() == 0 && held.size() == log.end().sequence(), "it holds " + held.size());
        for (int i = 0; i < held.size(); i++) {
            require(held.get(i).sequence() == i + 1, "the sequence of " + held.get(i) + " is wrong");
        }
        require(new HashSet<>(Requests.ids(held)).size() == held.size(), "an event is there twice");
        for (Event event : answered) {
            Event found = held.get((int) event.sequence() - 1);
            require(found.id().equals(event.id()), event + " was answered, and there is " + found);
            require(event.position().equals(log.find(event.id())), "it finds " + event.id() + " elsewhere");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
