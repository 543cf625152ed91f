package dev.tidings.log.file;

import static dev.tidings.log.Requests.AMPLE;
import static dev.tidings.log.Requests.WAIT;
import static dev.tidings.log.Requests.append;
import static dev.tidings.log.Requests.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.hub.EventLog;
import dev.tidings.log.Requests;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.StringDataType;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which files are refused when a hub starts, and what the operator is told. Over 300 lines, since each fault is another way
 * to spoil the same file.
 */
class FileLogOpeningTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("log");
    }

    @Test
    void secondHubOnTheSameFileIsRefused() {
        try (EventLog log = openLog()) {
            assertRefused().hasMessageContaining("is in use by another hub");
            append(log, "the first goes on");
        }
        try (EventLog log = openLog()) {
            assertThat(data(log)).containsExactly("the first goes on");
        }
    }

    /** Found when the refused hub, closing the lock's file, gave the lock of the whole process away. */
    @ParameterizedTest
    @ValueSource(strings = {"log", "link/log"})
    void refusedHubLeavesTheFirstOnesLock(String name) throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), folder);
        Path locks = Path.of("/proc/locks");
        Assumptions.assumeTrue(Files.exists(locks), "needs a system that lists its locks");
        String ours = " " + ProcessHandle.current().pid() + " ";
        try (FileLog first = FileLog.open(folder.resolve(name), AMPLE, Clock.systemUTC(), WAIT)) {
            first.follow(events -> {});
            long before = Files.readAllLines(locks).stream()
                    .filter(line -> line.contains(ours))
                    .count();
            assertThatThrownBy(() -> FileLog.open(file, AMPLE, Clock.systemUTC(), WAIT))
                    .hasMessageContaining("in use");
            assertThat(Files.readAllLines(locks).stream().filter(line -> line.contains(ours)))
                    .hasSize((int) before);
            assertThat(before).isPositive();
        }
    }

    @Test
    void secondProcessOnTheSameFileIsRefused() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FileLogProcess.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("open");
            assertRefused().hasMessageContaining("is in use by another hub");
        } finally {
            other.destroyForcibly().waitFor();
        }
        openLog().close();
    }

    /** Found when a file of a million events was opened with too small a heap, and nothing said why it failed. */
    @Test
    void fileThatTheHeapIsTooSmallForIsRefusedWithFigures() throws Exception {
        try (EventLog log = openLog()) {
            for (int batch = 0; batch < 150; batch++) {
                int first = batch * 1_000;
                log.append(IntStream.range(first, first + 1_000)
                        .mapToObj(n -> Requests.withId("an id that takes its place in memory " + n))
                        .toList());
            }
        }
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx20m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FileLogProcess.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        try {
            other.outputWriter().close();
            assertThat(other.inputReader().lines())
                    .anySatisfy(line -> assertThat(line)
                            .contains(IllegalArgumentException.class.getName())
                            .contains("its history does not fit into the heap of ")
                            .contains("-Xmx"));
        } finally {
            other.destroyForcibly().waitFor();
        }
        openLog().close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 4096, 8192, 100_000})
    void fileThatIsNoStoreIsRefusedAndLeftAlone(int size) throws IOException {
        byte[] content = "something else ".repeat(10_000).substring(0, size).getBytes(StandardCharsets.UTF_8);
        Files.write(file, content);
        assertRefused().hasMessageContaining("is damaged, or not a log of Tidings");
        assertRefused().as("for the same reason, and not as in use").hasMessageContaining("is damaged");
        assertThat(file).hasBinaryContent(content);
    }

    @Test
    void storeOfSomethingElseIsRefused() {
        try (MVStore store = MVStore.open(file.toString())) {
            store.openMap("theirs").put("a", "b");
        }
        assertRefused().hasMessageContaining("not a log of Tidings");
    }

    /** The first had a bit for data, which files of the same number then had no more. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "3"})
    void formatOfAnotherVersionIsRefused(String format) {
        openLog().close();
        try (MVStore store = MVStore.open(file.toString())) {
            MVMap<String, String> about = store.openMap(
                    "tidings",
                    new MVMap.Builder<String, String>()
                            .keyType(StringDataType.INSTANCE)
                            .valueType(StringDataType.INSTANCE));
            about.put("format", format);
        }
        assertRefused()
                .hasMessageContaining("another version of Tidings (format " + format + ", this one reads 2)")
                .hasMessageContaining("deploy that version");
    }

    @Test
    void damageAnywhereInWhatIsHeldIsRefused() throws IOException {
        write(500);
        byte[] whole = Files.readAllBytes(file);
        var random = new Random(1);
        int refused = 0;
        for (int round = 0; round < 100; round++) {
            byte[] damaged = whole.clone();
            int at = 8192 + random.nextInt(damaged.length - 8192);
            damaged[at] ^= 0x55;
            Files.write(file, damaged);
            try (EventLog log = openLog()) {
                assertThat(data(log)).as("byte %d", at).isEqualTo(numbers(500));
            } catch (IllegalArgumentException refusal) {
                assertThat(refusal).hasMessageContaining("is damaged");
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 128, 4096, 20_000})
    void fileThatWasClosedAndThenCutIsRefused(int missing) throws IOException {
        write(500);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - missing));
        assertRefused().hasMessageContaining("is damaged");
    }

    /** Found when both sentences went on with "Reading from file sun.nio.ch…". */
    @ParameterizedTest
    @ValueSource(ints = {1, 4096, 20_000})
    void sentenceAboutDamageNamesTheFileAndNothingOfTheInside(int missing) throws IOException {
        write(500);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - missing));
        assertRefused()
                .hasMessage(file
                        + " is damaged, or not a log of Tidings; put a copy of it back, or move it away to begin with"
                        + " an empty history");
    }

    @Test
    void linkToAFileInUseIsRefused() throws IOException {
        try (EventLog log = openLog()) {
            append(log, "1");
            file = Files.createSymbolicLink(folder.resolve("elsewhere"), file);
            assertRefused().hasMessageContaining("is in use by another hub");
        }
    }

    /** The operating system knows it by its content, and not by its name. */
    @Test
    void lockThatHasTwoNamesIsOneLock() throws IOException {
        try (EventLog log = openLog()) {
            append(log, "1");
            Files.createLink(folder.resolve("other.lock"), folder.resolve("log.lock"));
            file = folder.resolve("other");
            assertRefused().hasMessageContaining("is in use by another hub");
        }
        openLog().close();
    }

    @Test
    void fileThatWasRefusedCanBeOpenedWhenTheCauseIsGone() throws IOException {
        Path obstacle = Files.createDirectory(folder.resolve("log.lock"));
        assertRefused();
        Files.delete(obstacle);
        openLog().close();
    }

    @Test
    void fileThatCannotBeMadeSaysWhy() throws IOException {
        Files.createDirectory(folder.resolve("log.lock"));
        assertRefused()
                .hasMessageStartingWith(
                        file + " cannot be used (Is a directory); see that the container's user may write in ")
                .hasMessageEndingWith("and that there is room");
    }

    @Test
    void directoryThatIsMissingIsNamed() {
        file = folder.resolve("missing/log");
        assertRefused().hasMessageContaining("there is no directory " + folder.resolve("missing"));
    }

    @Test
    void directoryInsteadOfAFileIsRefused() {
        file = folder;
        assertRefused().hasMessageContaining("is a directory");
    }

    @Test
    void emptyFileIsRefused() throws IOException {
        Files.createFile(file);
        assertRefused().hasMessageContaining("is empty; remove it");
    }

    @Test
    void whatACrashLeftOfMakingTheFileIsMadeAnew() throws IOException {
        Files.writeString(folder.resolve("log.new"), "half");
        try (EventLog log = openLog()) {
            append(log, "1");
        }
        assertThat(folder.resolve("log.new")).doesNotExist();
    }

    @Test
    void closingEndsEveryThread() {
        openLog().close();
        Eventually.holds(
                "no thread of the log or of its store",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .noneMatch(name ->
                                name.startsWith("tidings-log") || name.contains("MVStore") || name.startsWith("H2")));
    }

    private void write(int events) {
        try (EventLog log = openLog()) {
            IntStream.range(0, events).forEach(n -> append(log, "" + n));
        }
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(n -> "" + n).toList();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused() {
        return assertThatThrownBy(this::openLog).isInstanceOf(IllegalArgumentException.class);
    }

    private EventLog openLog() {
        EventLog log = FileLog.open(file, AMPLE, new ManualClock(), WAIT);
        log.follow(events -> {});
        return log;
    }
}
