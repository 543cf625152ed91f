package dev.tidings.log.file;

import static dev.tidings.log.Requests.AMPLE;
import static dev.tidings.log.Requests.WAIT;
import static dev.tidings.log.Requests.append;
import static dev.tidings.log.Requests.data;
import static dev.tidings.log.Requests.events;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.EventLog;
import dev.tidings.log.EventLogContract;
import dev.tidings.log.Requests;
import dev.tidings.log.Retention;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.ManualClock;
import dev.tidings.testing.Rounds;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was answered is there after a crash, with the same id, in the same order. */
class FileLogCrashTest {

    @TempDir
    private Path folder;

    @Test
    void everyAnsweredEventIsThereWhenThePowerFailsAtOnce() throws Exception {
        Path file = folder.resolve("log");
        var disk = new TestDisk(file);
        try (FileLog log = open(file, TestDisk.LAYER, AMPLE)) {
            for (int n = 0; n < 60; n++) {
                Event event = append(log, "" + n);
                Path survivor = folder.resolve("survivor-" + n);
                disk.cutPower(survivor);
                try (FileLog found = open(survivor, "", AMPLE)) {
                    assertThat(found.end()).isEqualTo(event.position());
                    assertThat(Requests.ids(events(found))).isEqualTo(Requests.ids(events(log)));
                }
            }
        }
    }

    /** Of a big commit the end is missing, or one block in the middle: it is there whole, or not at all. */
    @Test
    void tornTailIsMended() throws Exception {
        Path file = folder.resolve("log");
        var disk = new TestDisk(file);
        try (FileLog log = open(file, TestDisk.LAYER, AMPLE)) {
            IntStream.range(0, 50).forEach(n -> append(log, "" + n));
            List<String> answered = data(log);
            log.append(IntStream.range(0, 40)
                    .mapToObj(n -> Requests.of("x".repeat(1_000) + n))
                    .toList());
            List<Integer> changed = disk.lastChanged();
            assertThat(changed).hasSizeGreaterThan(10);
            for (int n = 0; n < changed.size(); n++) {
                Path tail = folder.resolve("tail-" + n);
                disk.cutPowerInLastSync(tail, changed.subList(0, n));
                assertMended(tail, answered);
                Path hole = folder.resolve("hole-" + n);
                var allButOne = new ArrayList<>(changed);
                allButOne.remove(n);
                disk.cutPowerInLastSync(hole, allButOne);
                assertMended(hole, answered);
            }
        }
    }

    private static void assertMended(Path file, List<String> answered) {
        try (FileLog log = open(file, "", AMPLE)) {
            int size = data(log).size();
            assertThat(size).isIn(answered.size(), answered.size() + 40);
            assertThat(data(log).subList(0, answered.size())).isEqualTo(answered);
            assertThat(append(log, "next").sequence()).isEqualTo(size + 1);
        }
    }

    /** What chance does is the same each time for one of them. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, Rounds.of(1, 4));
    }

    /** Any of a sync's blocks may have arrived, header or not: found when a header led to a chunk that had not. */
    @ParameterizedTest
    @MethodSource("seeds")
    void whatWasAnsweredBeforeIsThereWhateverPartOfASyncArrived(long seed) throws Exception {
        var random = new Random(seed);
        Path file = folder.resolve("log");
        Path survivor = folder.resolve("survivor");
        var disk = new TestDisk(file);
        var few = EventLogContract.retention(20 + random.nextInt(100), Duration.ofHours(1), 1L << 30);
        var answered = new HashMap<Long, String>();
        try (FileLog log = open(file, TestDisk.LAYER, few)) {
            for (int n = 0; n < 200; n++) {
                Map<Long, String> before = Map.copyOf(answered);
                Event event = append(log, n + "x".repeat(random.nextInt(random.nextInt(8) == 0 ? 30_000 : 500)));
                answered.put(event.sequence(), event.data());
                List<Integer> arrived = new ArrayList<>(disk.lastChanged());
                int chance = 1 + random.nextInt(9);
                arrived.removeIf(block -> random.nextInt(10) > chance);
                disk.cutPowerInLastSync(survivor, arrived);
                try (FileLog found = open(survivor, "", few)) {
                    assertHolds(found, before);
                    append(found, "and goes on");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void batchIsNeverThereInPart(long seed) throws Exception {
        var random = new Random(seed);
        Path file = folder.resolve("log");
        Path survivor = folder.resolve("survivor");
        var disk = new TestDisk(file);
        try (FileLog log = open(file, TestDisk.LAYER, AMPLE)) {
            for (int n = 0; n < 100; n++) {
                PublishRequest big = Requests.of("x".repeat(random.nextInt(20_000)));
                log.append(List.of(big, Requests.of("second"), big));
                List<Integer> arrived = new ArrayList<>(disk.lastChanged());
                arrived.removeIf(block -> random.nextInt(4) == 0);
                disk.cutPowerInLastSync(survivor, arrived);
                try (FileLog found = open(survivor, "", AMPLE)) {
                    assertThat(found.end().sequence() % 3).isZero();
                    assertThat(events(found)).hasSize((int) found.end().sequence());
                }
            }
        }
    }

    /** Any of the blocks written since the last sync may have reached the disk, in any order. */
    @ParameterizedTest
    @MethodSource("seeds")
    void everyAnsweredEventIsThereWhenThePowerFailsInTheMiddle(long seed) throws Exception {
        var random = new Random(seed);
        Path file = folder.resolve("log");
        var disk = new TestDisk(file);
        var few = EventLogContract.retention(300, Duration.ofHours(1), 1L << 30);
        try (FileLog log = open(file, TestDisk.LAYER, few);
                var publishers = new Publishers(log, 4)) {
            for (int round = 0; round < 8; round++) {
                publishers.awaitMore(50 + random.nextInt(50));
                Map<Long, String> answered = publishers.answered();
                Path survivor = folder.resolve("survivor-" + round);
                disk.cutPower(survivor, random);
                try (FileLog found = open(survivor, "", few)) {
                    assertHolds(found, answered);
                    append(found, "and goes on");
                }
                try (FileLog again = open(survivor, "", few)) {
                    assertHolds(again, answered);
                }
            }
        }
    }

    @Test
    void everyAnsweredEventIsThereWhenTheProcessIsKilled() throws Exception {
        Path file = folder.resolve("log");
        var answered = new HashMap<String, String>();
        var random = new Random(7);
        for (int round = 0; round < 5; round++) {
            Process hub = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            FileLogProcess.class.getName(),
                            file.toString())
                    .redirectErrorStream(true)
                    .start();
            BufferedReader answers = hub.inputReader();
            assertThat(answers.readLine()).isEqualTo("open");
            hub.outputWriter().append('\n').flush();
            int killedAfter = 1 + random.nextInt(200);
            for (int n = 0; n < killedAfter; n++) {
                record(answers.readLine(), answered);
            }
            hub.toHandle().destroyForcibly();
            answers.lines()
                    .filter(line -> line.matches("urn:uuid:.{36} p\\d\\.\\d+"))
                    .forEach(line -> record(line, answered));
            hub.waitFor();
            try (FileLog log = open(file, "", AMPLE)) {
                var found = new HashMap<String, String>();
                events(log).forEach(event -> found.put(event.id(), event.data()));
                assertThat(found).containsAllEntriesOf(answered);
            }
        }
    }

    private static void record(String answer, Map<String, String> answered) {
        int space = answer.indexOf(' ');
        answered.put(answer.substring(0, space), answer.substring(space + 1));
    }

    /** Every answered event that is still held is found at its sequence number, and nothing is missing between. */
    private static void assertHolds(FileLog log, Map<Long, String> answered) {
        List<Event> held = events(log);
        long first = log.start().sequence() + 1;
        for (int i = 0; i < held.size(); i++) {
            Event event = held.get(i);
            assertThat(event.sequence()).isEqualTo(first + i);
            assertThat(event.data()).isEqualTo(answered.getOrDefault(event.sequence(), event.data()));
        }
        assertThat(answered.keySet())
                .allSatisfy(sequence ->
                        assertThat(sequence).isLessThanOrEqualTo(log.end().sequence()));
    }

    private static FileLog open(Path file, String layer, Retention retention) {
        FileLog log = FileLog.open(file, layer, retention, new ManualClock(), WAIT);
        log.follow(events -> {});
        return log;
    }

    /** Threads that publish without end, and note what was answered. */
    private static final class Publishers implements AutoCloseable {

        private final Map<Long, String> answered = new ConcurrentHashMap<>();
        private final ExecutorService threads;
        private volatile boolean stopped;

        Publishers(EventLog log, int count) {
            threads = Executors.newFixedThreadPool(count);
            for (int publisher = 0; publisher < count; publisher++) {
                var random = new Random(publisher);
                String name = "p" + publisher + ".";
                threads.execute(() -> {
                    for (int n = 0; !stopped; n++) {
                        Event event = append(log, name + n + " " + "x".repeat(random.nextInt(6_000)));
                        answered.put(event.sequence(), event.data());
                    }
                });
            }
        }

        void awaitMore(int events) {
            int wanted = answered.size() + events;
            Eventually.holds("publishers are answered", () -> answered.size() >= wanted);
        }

        Map<Long, String> answered() {
            return Map.copyOf(answered);
        }

        @Override
        public void close() {
            stopped = true;
            threads.shutdown();
            Eventually.holds("the publishers are done", threads::isTerminated);
        }
    }
}
