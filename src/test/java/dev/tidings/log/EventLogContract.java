package dev.tidings.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
import dev.tidings.hub.Erasure;
import dev.tidings.hub.EventLog;
import dev.tidings.hub.LogListener;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.Stored;
import dev.tidings.hub.WorkerThread;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.ManualClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every log promises. Each log's own test is this, and what only that log promises. Over 300 lines: it is one
 * contract, and a log is tested by extending one class.
 */
public abstract class EventLogContract {

    protected static final Retention AMPLE = retention(1_000, Duration.ofHours(1), 1L << 30);

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final ManualClock clock = new ManualClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final List<EventLog> opened = new ArrayList<>();
    private final LinkedBlockingQueue<Event> followed = new LinkedBlockingQueue<>();

    /** The clock of {@link #log}. */
    protected ManualClock clock() {
        return clock;
    }

    /** An empty log. */
    protected abstract EventLog open(Retention retention, Clock clock);

    @AfterEach
    void closeAll() {
        opened.forEach(EventLog::close);
    }

    @Test
    void acceptedEventsAreReadInOrder() {
        EventLog log = log(AMPLE);
        List<Event> accepted = log.append(List.of(request("1"), request("2")));
        accepted = new ArrayList<>(accepted);
        accepted.addAll(log.append(List.of(request("3"))));
        assertThat(texts(stored(log))).isEqualTo(texts(accepted));
        assertThat(accepted).extracting(Event::data).containsExactly("1", "2", "3");
        assertThat(accepted).extracting(Event::time).containsOnly(clock.instant());
    }

    @Test
    void traceOfAPublishIsStoredAndHandedOnWithIt() throws InterruptedException {
        EventLog log = log(AMPLE);
        Event traced = append(log, traced("1"));
        append(log, request("2"));
        assertThat(traced.traceparent()).isEqualTo(TRACE);
        assertThat(stored(log)).extracting(Event::traceparent).containsExactly(TRACE, null);
        assertThat(follow(2)).extracting(Event::traceparent).containsExactly(TRACE, null);
    }

    @Test
    void traceCountsAsText() {
        EventLog log = log(AMPLE);
        long without = log.stored().bytes();
        append(log, request("1"));
        long plain = log.stored().bytes() - without;
        append(log, traced("1"));
        assertThat(log.stored().bytes()).isEqualTo(without + 2 * plain + TRACE.length());
    }

    @Test
    void hubMadeIdIsThePosition() {
        EventLog log = log(AMPLE);
        Event event = append(log, request("1"));
        assertThat(event.id()).isEqualTo(event.position().toString());
        assertThat(log.find(event.id())).isEqualTo(event.position());
        assertThat(log.end()).isEqualTo(event.position());
    }

    @Test
    void publishersIdIsKnownWhileItIsHeld() {
        EventLog log = log(retention(2, Duration.ofHours(1), 1L << 30));
        Event event = append(log, withId("mine"));
        assertThat(event.id()).isEqualTo("mine");
        assertThat(log.find("mine")).isEqualTo(event.position());
        append(log, request("2"));
        append(log, request("3"));
        assertThat(log.find("mine")).isNull();
    }

    @Test
    void manyIdsAreFoundAtOnce() {
        EventLog log = log(AMPLE);
        Event first = append(log, withId("first"));
        Event made = append(log, request("made by the log"));
        append(log, withId("between"));
        Event last = append(log, withId("last"));
        append(log, withId("first"));
        assertThat(log.findAll(List.of("last", "unknown", "first", made.id())))
                .containsOnly(
                        Map.entry("last", last.position()),
                        Map.entry("first", first.position()),
                        Map.entry(made.id(), made.position()));
        assertThat(log.findAll(List.of())).isEmpty();
    }

    @Test
    void whatIsStoredIsAsSafeAsWhatIsAnswered() {
        EventLog log = log(AMPLE);
        append(log, request("1"));
        log.confirm();
        assertThat(stored(log)).hasSize(1);
    }

    @Test
    void repeatedIdResumesAfterItsFirstOccurrenceHeld() {
        EventLog log = log(retention(3, Duration.ofHours(1), 1L << 30));
        Event first = append(log, withId("twice"));
        append(log, request("between"));
        Event second = append(log, withId("twice"));
        assertThat(log.find("twice")).isEqualTo(first.position());
        append(log, request("pushes the first out"));
        assertThat(log.find("twice")).isEqualTo(second.position());
        append(log, request("and"));
        append(log, request("the second"));
        assertThat(log.find("twice")).isNull();
    }

    @Test
    void whatWasAcceptedSinceATimeIsFound() {
        EventLog log = log(retention(10, Duration.ofHours(1), 1L << 30));
        Instant begun = clock.instant();
        assertThat(log.before(begun)).isEqualTo(log.end().sequence());
        for (int n = 1; n <= 12; n++) {
            append(log, request("" + n));
            clock.advance(Duration.ofMinutes(1));
        }
        long end = log.end().sequence();
        assertThat(log.before(begun)).as("before all that is stored").isEqualTo(end - 10);
        assertThat(log.before(begun.plus(Duration.ofMinutes(2)))).isEqualTo(end - 10);
        assertThat(log.before(begun.plus(Duration.ofMinutes(3)))).isEqualTo(end - 9);
        assertThat(log.before(begun.plusMillis(1).plus(Duration.ofMinutes(3)))).isEqualTo(end - 8);
        assertThat(log.before(begun.plus(Duration.ofMinutes(11)))).isEqualTo(end - 1);
        assertThat(log.before(clock.instant())).as("after all").isEqualTo(end);
        clock.advance(Duration.ofMinutes(55));
        assertThat(log.before(begun)).as("what is too old does not count").isEqualTo(end - 5);
    }

    @Test
    void erasedEventKeepsItsPlaceAndNothingElse() {
        EventLog log = log(AMPLE);
        append(log, request("before"));
        Event secret =
                append(log, new PublishRequest(List.of("/users/alice"), "typed", "secret", "mine", 7, true, TRACE));
        append(log, request("after"));
        assertThat(log.erase(Erasure.ofId("mine"))).isEqualTo(1);
        assertThat(stored(log)).extracting(Event::data).containsExactly("before", "", "after");
        Event left = stored(log).get(1);
        assertThat(left.isErased()).isTrue();
        assertThat(left.position()).isEqualTo(secret.position());
        assertThat(left.time()).isEqualTo(secret.time());
        assertThat(left.id()).isEqualTo(secret.position().toString());
        assertThat(left.type()).isNull();
        assertThat(left.retry()).isNull();
        assertThat(left.traceparent()).isNull();
        assertThat(left.topics()).noneMatch(topic -> topic.contains("alice"));
        assertThat(log.find("mine")).as("its id").isNull();
        assertThat(log.find(secret.position().toString())).as("its position").isEqualTo(secret.position());
        assertThat(log.erase(Erasure.ofId("mine"))).as("once more").isZero();
        assertThat(log.erase(Erasure.ofId(secret.position().toString()))).isZero();
    }

    @Test
    void allEventsWithAnIdAreErasedAndOneWithAPosition() {
        EventLog log = log(AMPLE);
        append(log, withId("twice"));
        append(log, withId("other"));
        append(log, withId("twice"));
        Event plain = append(log, request("plain"));
        Event named = append(log, withId("named"));
        assertThat(log.erase(Erasure.ofId("twice"))).isEqualTo(2);
        assertThat(log.erase(Erasure.ofId("unknown"))).isZero();
        assertThat(log.erase(Erasure.ofId(plain.id()))).isEqualTo(1);
        assertThat(log.erase(Erasure.ofId(named.position().toString()))).isEqualTo(1);
        assertThat(log.find("named")).isNull();
        assertThat(log.find("other")).isNotNull();
        assertThat(stored(log)).extracting(Event::isErased).containsExactly(true, false, true, true, true);
    }

    @Test
    void whatWasForTheInboxOfAUserAloneIsErased() {
        EventLog log = log(AMPLE);
        for (int n = 0; n < 300; n++) {
            append(log, to("/users/a%20b"));
            append(log, to("/users/a%20b", "/orders/1"));
            append(log, to("/users/a"));
        }
        assertThat(log.erase(Erasure.ofUser("a b"))).isEqualTo(300);
        assertThat(log.erase(Erasure.ofUser("a b"))).isZero();
        assertThat(stored(log).stream().filter(Event::isErased)).hasSize(300);
        assertThat(stored(log).stream().filter(event -> event.topics().equals(List.of("/users/a%20b"))))
                .isEmpty();
    }

    @Test
    void logGoesOnAfterAnErasure() throws InterruptedException {
        EventLog log = log(retention(4, Duration.ofHours(1), 1L << 30));
        append(log, withId("1"));
        append(log, withId("2"));
        append(log, withId("3"));
        assertThat(log.erase(Erasure.ofId("1"))).isEqualTo(1);
        assertThat(log.erase(Erasure.ofId("3"))).isEqualTo(1);
        append(log, withId("4"));
        append(log, withId("5"));
        append(log, withId("6"));
        assertThat(follow(6)).extracting(Event::id).containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(log.start().sequence()).isEqualTo(2);
        assertThat(stored(log)).extracting(Event::isErased).containsExactly(true, false, false, false);
        assertThat(log.find("4")).isNotNull();
        append(log, withId("7"));
        append(log, withId("8"));
        append(log, withId("9"));
        assertThat(stored(log)).extracting(Event::id).containsExactly("6", "7", "8", "9");
        assertThat(log.find("4")).isNull();
        assertThat(log.find("7")).isNotNull();
    }

    /** Of each event that is published meanwhile the log has all, in order. */
    @Test
    void eventsArePublishedWhileOthersAreErased() throws Exception {
        EventLog log = log(AMPLE);
        for (int n = 0; n < 200; n++) {
            append(log, withId("secret " + n % 7));
        }
        CompletableFuture<List<String>> published = CompletableFuture.supplyAsync(() -> IntStream.range(0, 100)
                .mapToObj(n -> append(log, request("" + n)).id())
                .toList());
        int erased = 0;
        for (int n = 0; n < 7; n++) {
            erased += log.erase(Erasure.ofId("secret " + n));
        }
        assertThat(erased).isEqualTo(200);
        List<String> ids = published.get(30, TimeUnit.SECONDS);
        assertThat(texts(stored(log))).hasSize(300);
        assertThat(stored(log).stream().filter(event -> !event.isErased()))
                .extracting(Event::id)
                .isEqualTo(ids);
    }

    @Test
    void positionsOfAnotherEpochOrAheadOfTheEndAreUnknown() {
        EventLog log = log(AMPLE);
        append(log, request("1"));
        Position ahead = log.end().at(2);
        Position foreign = new Position(Epoch.startingAt(clock.instant()), 1);
        assertThat(log.find(ahead.toString())).isNull();
        assertThat(log.find(foreign.toString())).isNull();
        assertThat(log.find("never seen")).isNull();
    }

    @Test
    void positionBeforeTheOldestIsKnownAndOneBeforeThatIsNot() {
        EventLog log = log(retention(2, Duration.ofHours(1), 1L << 30));
        IntStream.rangeClosed(1, 5).forEach(n -> append(log, request("" + n)));
        assertThat(log.start().sequence()).isEqualTo(3);
        assertThat(log.find(log.start().toString())).isEqualTo(log.start());
        assertThat(log.find(log.start().at(2).toString())).isNull();
    }

    @Test
    void idInTheFormOfItsOwnPositionsIsRefusedAndNothingIsAccepted() {
        EventLog log = log(AMPLE);
        List<PublishRequest> batch =
                List.of(request("good"), withId(log.end().at(77).toString()));
        assertThatThrownBy(() -> log.append(batch))
                .isInstanceOf(InvalidRequestException.class)
                .extracting(refusal -> ((InvalidRequestException) refusal).field())
                .isEqualTo("id");
        assertThat(log.end()).isEqualTo(log.start());
    }

    @Test
    void idInTheFormOfAnotherLogsPositionsIsAPublishersId() {
        EventLog log = log(AMPLE);
        String foreign = new Position(Epoch.startingAt(clock.instant()), 1).toString();
        Event event = append(log, withId(foreign));
        assertThat(log.find(foreign)).isEqualTo(event.position());
    }

    @Test
    void countIsExact() {
        EventLog log = log(retention(100, Duration.ofHours(1), 1L << 30));
        IntStream.rangeClosed(1, 250).forEach(n -> append(log, request("" + n)));
        assertThat(data(log))
                .isEqualTo(IntStream.rangeClosed(151, 250).mapToObj(n -> "" + n).toList());
    }

    @Test
    void ageForgets() {
        EventLog log = log(retention(100, Duration.ofMinutes(10), 1L << 30));
        append(log, request("old"));
        clock.advance(Duration.ofMinutes(6));
        append(log, request("young"));
        clock.advance(Duration.ofMinutes(6));
        assertThat(data(log)).containsExactly("young");
        clock.advance(Duration.ofMinutes(6));
        assertThat(log.start()).isEqualTo(log.end());
    }

    @Test
    void whatIsTooOldIsNeitherFoundNorRead() {
        EventLog log = log(retention(100, Duration.ofMinutes(10), 1L << 30));
        EventLog other = log(retention(100, Duration.ofMinutes(10), 1L << 30));
        append(log, withId("old"));
        append(log, request("young"));
        append(other, request("old"));
        clock.advance(Duration.ofMinutes(11));
        assertThat(log.find("old")).isNull();
        assertThat(other.readAfter(0, 10, 1 << 20)).isNull();
    }

    @Test
    void everyIdThatIsHeldIsKnown() {
        EventLog log = log(retention(300, Duration.ofHours(1), 1L << 30));
        List<Event> accepted = log.append(
                IntStream.range(0, 500).mapToObj(n -> withId("id-" + n)).toList());
        for (Event event : accepted.subList(0, 200)) {
            assertThat(log.find(event.id())).isNull();
        }
        for (Event event : accepted.subList(200, 500)) {
            assertThat(log.find(event.id())).isEqualTo(event.position());
        }
    }

    /** Data, id, type and topics as UTF-8: ten bytes of text are nine characters here. */
    @Test
    void bytesAreThoseOfTheText() {
        EventLog log = log(retention(1_000, Duration.ofHours(1), 35));
        for (int n = 1; n <= 9; n++) {
            append(log, new PublishRequest(List.of("/a"), "t", "é123" + n, "i", 5_000, true));
        }
        assertThat(data(log)).containsExactly("é1237", "é1238", "é1239");
        append(log, new PublishRequest(List.of("/a"), null, "x".repeat(13), null, null, false));
        assertThat(data(log)).hasSize(3);
        append(log, new PublishRequest(List.of("/a"), null, null, null, null, false));
        assertThat(data(log)).hasSize(3);
    }

    @Test
    void eventsWithoutAnyDataAreCountedByTheirTopics() {
        EventLog log = log(retention(1_000, Duration.ofHours(1), 10));
        for (int n = 1; n <= 9; n++) {
            append(log, new PublishRequest(List.of("/a"), null, null, null, null, false));
        }
        assertThat(data(log)).hasSize(5);
    }

    @Test
    void whatIsStoredIsToldInNumbers() {
        EventLog log = log(retention(2, Duration.ofMinutes(10), 1L << 20));
        assertThat(log.stored()).isEqualTo(new Stored(0, 0, null));
        append(log, new PublishRequest(List.of("/a"), "t", "é123", "i", null, false));
        clock.advance(Duration.ofMinutes(1));
        Event oldest = append(log, new PublishRequest(List.of("/a"), null, "45", null, null, false));
        clock.advance(Duration.ofMinutes(1));
        append(log, new PublishRequest(List.of("/b"), null, "678", null, null, false));
        assertThat(log.stored()).isEqualTo(new Stored(2, 9, oldest.time().truncatedTo(ChronoUnit.MILLIS)));
    }

    @Test
    void newestEventIsAlwaysStored() {
        EventLog log = log(retention(1_000, Duration.ofHours(1), 50));
        append(log, request("small"));
        Event large = append(log, request("x".repeat(1_000)));
        assertThat(log.find(large.id())).isEqualTo(large.position());
        assertThat(data(log)).containsExactly("x".repeat(1_000));
        append(log, request("next"));
        assertThat(data(log)).containsExactly("next");
        List<Event> batch = log.append(List.of(request("y".repeat(60)), request("z".repeat(60))));
        assertThat(data(log)).containsExactly(batch.get(1).data());
    }

    @Test
    void readingFromBeforeTheOldestSaysSo() {
        EventLog log = log(retention(2, Duration.ofHours(1), 1L << 30));
        IntStream.rangeClosed(1, 5).forEach(n -> append(log, request("" + n)));
        assertThat(log.readAfter(2, 10, 1 << 20)).isNull();
        assertPage(log, 3, 10, 1 << 20, 2);
        assertThat(log.readAfter(5, 10, 1 << 20)).isEmpty();
    }

    @Test
    void pagesAreBoundedByCountAndBytesButNeverEmptyBeforeTheEnd() {
        EventLog log = log(AMPLE);
        IntStream.rangeClosed(1, 10).forEach(n -> append(log, request("x".repeat(100))));
        assertPage(log, 0, 3, 1 << 20, 3);
        assertPage(log, 0, 10, 1, 1);
        int size = log.readAfter(0, 1, 1).get(0).size();
        assertPage(log, 0, 10, 4L * size, 4);
    }

    @Test
    void olderHalfOfWhatMayBeStoredIsSoonEvicted() {
        EventLog log = log(retention(10, Duration.ofHours(1), 1L << 30));
        IntStream.rangeClosed(1, 5).forEach(n -> append(log, request("" + n)));
        assertThat(log.soonEvicted()).isEqualTo(log.start());
        IntStream.rangeClosed(6, 13).forEach(n -> append(log, request("" + n)));
        assertThat(log.soonEvicted()).isEqualTo(log.end().at(8));
    }

    /** Nobody has to read for it. */
    @Test
    void whatIsTooOldIsForgottenWhenTheNextEventComes() {
        EventLog log = log(retention(100, Duration.ofMinutes(10), 1L << 30));
        Event old = append(log, request("old"));
        clock.advance(Duration.ofMinutes(11));
        append(log, request("young"));
        assertThat(log.soonEvicted()).isEqualTo(old.position());
    }

    @Test
    void passingEventsBearTheEndAndAreNotKept() throws InterruptedException {
        EventLog log = log(AMPLE);
        append(log, request("1"));
        log.pass(request("passing"));
        append(log, request("2"));
        List<Event> order = follow(3);
        assertThat(order).extracting(Event::data).containsExactly("1", "passing", "2");
        assertThat(order.get(1).position()).isEqualTo(order.get(0).position());
        assertThat(order.get(1).passing()).isTrue();
        assertThat(data(log)).containsExactly("1", "2");
    }

    @Test
    void skippedTopicsPassEvenWithAPublishersId() throws InterruptedException {
        var skip = SelectorSet.of(List.of(TopicSelector.of("/skipped/{x}")));
        EventLog log = log(new Retention(100, Duration.ofHours(1), 1L << 30, skip));
        Event kept = append(log, request("kept"));
        Event skipped = append(log, new PublishRequest(List.of("/skipped/1"), null, "s", "id-1", null, false, TRACE));
        assertThat(skipped.passing()).isTrue();
        assertThat(skipped.id()).isEqualTo(kept.position().toString());
        assertThat(log.find("id-1")).isNull();
        assertThat(data(log)).containsExactly("kept");
        assertThat(texts(follow(2))).isEqualTo(texts(List.of(kept, skipped)));
    }

    @Test
    void concurrentBatchesStayWholeAndAreFollowedAsTheyAreRead() throws Exception {
        EventLog log = log(AMPLE);
        int publishers = 8;
        int batches = 20;
        ExecutorService threads = Executors.newFixedThreadPool(publishers);
        try {
            var done = new ArrayList<Future<?>>();
            for (int p = 0; p < publishers; p++) {
                String name = "p" + p;
                done.add(threads.submit(() -> IntStream.range(0, batches)
                        .forEach(n ->
                                log.append(List.of(request(name + "." + n + "a"), request(name + "." + n + "b"))))));
            }
            for (Future<?> publisher : done) {
                publisher.get();
            }
        } finally {
            threads.shutdownNow();
        }
        List<String> order = data(log);
        assertThat(order).hasSize(2 * publishers * batches).doesNotHaveDuplicates();
        for (int i = 0; i < order.size(); i += 2) {
            assertThat(order.get(i + 1)).isEqualTo(order.get(i).replace('a', 'b'));
        }
        assertThat(follow(order.size())).extracting(Event::data).isEqualTo(order);
    }

    /** A lock that is not given back is noticed by other threads alone. */
    @Test
    void whatOneThreadHasDoneAnotherMayDoNext() {
        EventLog log = log(AMPLE);
        for (Runnable call : List.<Runnable>of(
                () -> append(log, request("1")),
                () -> log.pass(request("passing")),
                () -> log.readAfter(0, 10, 1 << 20),
                () -> log.find("mine"),
                log::start,
                log::soonEvicted,
                log::end)) {
            call.run();
            Eventually.value(CompletableFuture.runAsync(log::end, other -> new Thread(other).start()));
        }
    }

    @Test
    void threadsOfALogWorkUntilItIsClosed() {
        EventLog log = log(AMPLE);
        assertThat(log.threads()).isNotEmpty().allMatch(WorkerThread::isAlive);
        log.close();
        assertThat(log.threads()).noneMatch(WorkerThread::isAlive);
    }

    @Test
    void closedLogAcceptsNothingAndSaysSo() {
        EventLog log = log(AMPLE);
        assertThat(log.fault()).isNull();
        log.close();
        assertThat(log.fault()).isNotEmpty();
        assertThatThrownBy(() -> append(log, request("late"))).isInstanceOf(LogUnavailableException.class);
        assertThat(log.end()).isEqualTo(log.start());
    }

    protected final EventLog log(Retention retention) {
        return log(retention, followed::addAll);
    }

    protected final EventLog log(Retention retention, LogListener listener) {
        EventLog log = open(retention, clock);
        opened.add(log);
        log.follow(listener);
        Eventually.holds("the log is there", () -> log.fault() == null);
        return log;
    }

    private List<Event> follow(int count) throws InterruptedException {
        var events = new ArrayList<Event>();
        while (events.size() < count) {
            Event event = followed.poll(Eventually.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(event)
                    .as("event %d of %d: %s", events.size() + 1, count, events)
                    .isNotNull();
            events.add(event);
        }
        assertThat(followed).isEmpty();
        return events;
    }

    private static List<String> data(EventLog log) {
        return stored(log).stream().map(Event::data).toList();
    }

    /** All events that are stored. A page may end earlier than the log, and is not empty before its end. */
    private static List<Event> stored(EventLog log) {
        var stored = new ArrayList<Event>();
        long read = log.start().sequence();
        while (read < log.end().sequence()) {
            List<Event> page = log.readAfter(read, 10_000, 1L << 40);
            assertThat(page).isNotEmpty();
            stored.addAll(page);
            read = page.get(page.size() - 1).sequence();
        }
        return stored;
    }

    private static void assertPage(EventLog log, long sequence, int maxEvents, long maxBytes, int size) {
        Eventually.holds(
                "the page has " + size + " events",
                () -> log.readAfter(sequence, maxEvents, maxBytes).size() == size);
    }

    /** Events that are read twice need not be the same objects. */
    private static List<String> texts(List<Event> events) {
        return events.stream()
                .map(event -> event + " " + event.position() + " " + event.data() + " " + event.time() + event.passing()
                        + event.traceparent())
                .toList();
    }

    private static Event append(EventLog log, PublishRequest request) {
        return log.append(List.of(request)).get(0);
    }

    private static PublishRequest request(String data) {
        return new PublishRequest(List.of("/a"), null, data, null, null, false);
    }

    private static PublishRequest traced(String data) {
        return new PublishRequest(List.of("/a"), null, data, null, null, false, TRACE);
    }

    private static PublishRequest to(String... topics) {
        return new PublishRequest(List.of(topics), null, "for them", null, null, false);
    }

    private static PublishRequest withId(@Nullable String id) {
        return new PublishRequest(List.of("/a"), null, "data", id, null, false);
    }

    public static Retention retention(int events, Duration age, long bytes) {
        return new Retention(events, age, bytes, SelectorSet.of(List.of()));
    }
}
