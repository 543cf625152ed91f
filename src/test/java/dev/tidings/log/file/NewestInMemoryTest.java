package dev.tidings.log.file;

import static dev.tidings.log.Requests.AMPLE;
import static dev.tidings.log.Requests.WAIT;
import static dev.tidings.log.Requests.append;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Event;
import dev.tidings.hub.Erasure;
import dev.tidings.log.RecentEvents;
import dev.tidings.log.Requests;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.ManualClock;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The newest events of a log in a file are in memory as well, and no others are. */
class NewestInMemoryTest {

    private final ManualClock clock = new ManualClock();

    @TempDir
    private Path folder;

    private EventStore store;
    private RecentEvents recent;
    private FileLog log;

    @BeforeEach
    void open() {
        var file = new LogFile(folder.resolve("log"), "");
        LogFile.Opened opened = file.openFirst(AMPLE, clock.instant());
        store = opened.store();
        recent = opened.recent();
        log = new FileLog(file, new DurableStore(file, store), opened, AMPLE, clock, WAIT);
        log.follow(events -> {});
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void whatIsPublishedIsThere() {
        append(log, "1");
        append(log, "2");
        Eventually.holds("they are there", () -> recent.reaches(2));
        assertThat(inMemory()).containsExactly("1", "2");
    }

    @Test
    void whatTheFileHasIsThereAfterARestart() {
        append(log, "1");
        append(log, "2");
        log.close();
        open();
        assertThat(inMemory()).containsExactly("1", "2");
    }

    @Test
    void whatIsErasedIsNotThere() {
        log.append(List.of(Requests.withId("secret")));
        append(log, "2");
        Eventually.holds("they are there", () -> recent.reaches(2));
        assertThat(log.erase(Erasure.ofId("secret"))).isEqualTo(1);
        List<Event> left = recent.after(0, 10, Long.MAX_VALUE);
        assertThat(left).extracting(Event::isErased).containsExactly(true, false);
        assertThat(left.get(0).data()).isEmpty();
    }

    @Test
    void whatIsOlderThanHistoryMayBeIsNotThereThoughNothingNewComes() {
        append(log, "1");
        Eventually.holds("it is there", () -> recent.reaches(1));
        clock.advance(AMPLE.age().plusSeconds(1));
        Eventually.holds("it is gone", () -> !recent.reaches(0));
    }

    @Test
    void whatIsOlderThanHistoryMayBeGoesAsNewEventsCome() {
        append(log, "1");
        Eventually.holds("it is there", () -> recent.reaches(1));
        clock.advance(AMPLE.age().plusSeconds(1));
        append(log, "2");
        Eventually.holds("only the new one is there", () -> recent.reaches(2) && !recent.reaches(0));
    }

    @Test
    void whatIsThereIsReadThoughTheFileIsClosed() {
        append(log, "1");
        Eventually.holds("it is there", () -> recent.reaches(1));
        store.abandon();
        assertThat(Requests.data(log)).containsExactly("1");
    }

    private List<String> inMemory() {
        return recent.after(0, 10, Long.MAX_VALUE).stream().map(Event::data).toList();
    }
}
