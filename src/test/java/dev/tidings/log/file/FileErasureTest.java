package dev.tidings.log.file;

import static dev.tidings.log.Requests.AMPLE;
import static dev.tidings.log.Requests.WAIT;
import static dev.tidings.log.Requests.events;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.hub.Erasure;
import dev.tidings.hub.EventLog;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.log.Requests;
import dev.tidings.log.Retention;
import dev.tidings.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is erased is not in the file any more, whoever looks there. */
class FileErasureTest {

    private static final String SECRET = "4929 1234 5678 9012";

    @TempDir
    private Path folder;

    @Test
    void nothingOfAnErasedEventIsInTheFile() throws IOException {
        try (FileLog log = open(AMPLE)) {
            fill(log, 500);
            log.append(List.of(
                    new PublishRequest(List.of("/users/mallory"), "card-number", SECRET, "the-id", null, true)));
            fill(log, 500);
            assertThat(inFile(SECRET, "/users/mallory", "card-number", "the-id"))
                    .hasSize(4);
            assertThat(log.erase(Erasure.ofId("the-id"))).isEqualTo(1);
            assertThat(inFile(SECRET, "/users/mallory", "card-number", "the-id"))
                    .isEmpty();
            assertThat(inFile("filler 499")).as("the rest").hasSize(1);
        }
    }

    @Test
    void logIsTheSameAfterwardsAndAfterARestart() {
        List<Event> before;
        List<Event> after;
        try (FileLog log = open(AMPLE)) {
            fill(log, 50);
            log.append(List.of(Requests.withId("mine")));
            fill(log, 50);
            before = events(log);
            assertThat(log.erase(Erasure.ofId("mine"))).isEqualTo(1);
            fill(log, 5);
            after = events(log);
        }
        assertThat(Requests.ids(after.subList(0, 50))).isEqualTo(Requests.ids(before.subList(0, 50)));
        assertThat(after.get(50).position()).isEqualTo(before.get(50).position());
        assertThat(after.get(50).isErased()).isTrue();
        try (FileLog log = open(AMPLE)) {
            assertThat(Requests.ids(events(log))).isEqualTo(Requests.ids(after));
            assertThat(events(log).get(50).isErased()).isTrue();
            assertThat(log.find("mine")).isNull();
            fill(log, 1);
            assertThat(log.end().sequence()).isEqualTo(107);
        }
    }

    /** The last one forgotten stays in the file as the place where the log goes on. */
    @Test
    void whatHistoryHasForgottenIsGoneFromTheFileAsWell() throws IOException {
        var clock = new ManualClock();
        try (FileLog log = FileLog.open(file(), AMPLE, clock, WAIT)) {
            log.follow(events -> {});
            log.append(List.of(Requests.of(SECRET), Requests.of("last " + SECRET)));
            clock.advance(Duration.ofHours(2));
            assertThat(log.stored().events()).isZero();
            assertThat(inFile(SECRET)).hasSize(1);
            assertThat(log.erase(Erasure.ofUser("mallory"))).isZero();
            assertThat(inFile(SECRET)).isEmpty();
            fill(log, 1);
            assertThat(log.end().sequence()).isEqualTo(3);
            assertThat(Requests.data(log)).containsExactly("filler 0");
        }
    }

    @Test
    void whatIsForgottenIsNotCopied() throws IOException {
        try (FileLog log = open(new Retention(10, Duration.ofHours(1), 1L << 30, SelectorSet.of(List.of())))) {
            log.append(List.of(Requests.of(SECRET)));
            fill(log, 20);
            assertThat(inFile(SECRET)).hasSize(1);
            assertThat(log.erase(Erasure.ofId("unknown"))).isZero();
            assertThat(inFile(SECRET)).isEmpty();
            assertThat(events(log)).hasSize(10);
        }
    }

    @Test
    void whoReadsMeanwhileIsNotRefused() throws Exception {
        try (FileLog log = open(AMPLE)) {
            fill(log, 300);
            var over = new AtomicBoolean();
            CompletableFuture<Integer> reading = CompletableFuture.supplyAsync(() -> {
                int pages = 0;
                for (; !over.get(); pages++) {
                    assertThat(log.readAfter(0, 10, Long.MAX_VALUE)).hasSize(10);
                }
                return pages;
            });
            try {
                for (int i = 0; i < 20; i++) {
                    log.erase(Erasure.ofId("unknown"));
                }
            } finally {
                over.set(true);
            }
            assertThat(reading.get(30, TimeUnit.SECONDS)).isPositive();
        }
    }

    @Test
    void emptyLogHasNothingToErase() {
        try (FileLog log = open(AMPLE)) {
            assertThat(log.erase(Erasure.ofUser("mallory"))).isZero();
            fill(log, 1);
            assertThat(log.end().sequence()).isEqualTo(1);
        }
    }

    /** A directory that is not empty stands where the new file should be, and then does not. */
    @Test
    void nothingIsErasedIfTheFileCannotBeWrittenAnew() throws IOException {
        try (FileLog log = open(AMPLE)) {
            log.append(List.of(Requests.withId("mine")));
            Path inTheWay = Files.createDirectories(copy().resolve("something"));
            assertThatThrownBy(() -> log.erase(Erasure.ofId("mine")))
                    .isInstanceOf(LogUnavailableException.class)
                    .hasMessageContaining("written anew");
            assertThat(log.find("mine")).isNotNull();
            assertThat(log.fault()).isNull();
            fill(log, 1);
            Files.delete(inTheWay);
            assertThat(log.erase(Erasure.ofId("mine"))).isEqualTo(1);
            assertThat(events(log)).hasSize(2);
        }
    }

    @Test
    void newFileOfAHubThatWasKilledMeanwhileIsDeleted() throws IOException {
        open(AMPLE).close();
        Files.writeString(copy(), SECRET);
        open(AMPLE).close();
        assertThat(copy()).doesNotExist();
    }

    @Test
    void newFileHasTheNameAndThePermissionsOfTheOldOne() throws IOException {
        Path real = Files.createDirectory(folder.resolve("elsewhere")).resolve("real");
        try (FileLog log = FileLog.open(real, AMPLE, new ManualClock(), WAIT)) {
            fill(log, 1);
        }
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(file(), real);
        try (FileLog log = open(AMPLE)) {
            assertThat(log.erase(Erasure.ofId(log.end().toString()))).isEqualTo(1);
        }
        assertThat(file()).isSymbolicLink();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-------");
        try (FileLog log = open(AMPLE)) {
            assertThat(events(log).get(0).isErased()).isTrue();
        }
    }

    private void fill(EventLog log, int events) {
        IntStream.range(0, events).forEach(n -> Requests.append(log, "filler " + n));
    }

    private FileLog open(Retention retention) {
        FileLog log = FileLog.open(file(), retention, new ManualClock(), WAIT);
        log.follow(events -> {});
        return log;
    }

    private Path file() {
        return folder.resolve("log");
    }

    private Path copy() {
        return folder.resolve("log.new");
    }

    /** Which of these texts are in one of the files of the folder, plain or with every bit inverted, as the log writes them. */
    private List<String> inFile(String... texts) throws IOException {
        var content = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (Path one : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(one);
                content.append(new String(bytes, ISO_8859_1));
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) ~bytes[i];
                }
                content.append(new String(bytes, ISO_8859_1));
            }
        }
        return List.of(texts).stream()
                .filter(text -> content.indexOf(new String(text.getBytes(UTF_8), ISO_8859_1)) >= 0)
                .toList();
    }
}
