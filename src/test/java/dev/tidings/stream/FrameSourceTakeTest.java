package dev.tidings.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Epoch;
import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Gap;
import dev.tidings.hub.Hub;
import dev.tidings.hub.StartingPoint;
import dev.tidings.hub.Subscriber;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.FaultyLog;
import dev.tidings.testing.ManualClock;
import dev.tidings.testing.SilentSink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a stream says next, how much of it at once, and what it says of its token. Over 300 lines, since each fact needs
 * the same framing, hub and clock.
 */
class FrameSourceTakeTest {

    /** For so long a stream is sent nothing before it is sent a fresher position. */
    private static final Duration QUIET = Duration.ofMillis(700);

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration LEFT = Duration.ofMinutes(2);
    private static final int WRITE = 64 * 1024;
    private static final int OUTBOX = 2_000;

    private final ManualClock clock = new ManualClock();
    private final FaultyLog log = new FaultyLog(
            new MemoryLog(new Retention(10_000, Duration.ofHours(1), 64 << 20, SelectorSet.of(List.of())), clock));
    private final Hub hub = new Hub(log, OUTBOX, 8 << 20, clock);
    private final Words words = new Words();
    private FrameSource<String> source = open("/a", null);

    @AfterEach
    void close() {
        log.close();
    }

    /** Streams that say what they write in words, and perhaps nothing of their own. */
    private static final class Words implements Framing<String> {

        private boolean silent;
        private boolean caughtUp;

        @Override
        public String opening(StartingPoint start) {
            return "opening";
        }

        @Override
        public String events(List<Event> events) {
            return events.size() + " events";
        }

        @Override
        public @Nullable String gap(Gap gap) {
            return silent ? null : "gap";
        }

        @Override
        public @Nullable String expiring(Instant expires) {
            return silent ? null : "expiring " + expires;
        }

        @Override
        public boolean saysCaughtUp() {
            return caughtUp;
        }

        @Override
        public String caughtUp(Position reached) {
            return "caught up with " + reached.sequence();
        }

        @Override
        public String heartbeat(Position reached) {
            return "heartbeat";
        }
    }

    private FrameSource<String> open(String topic, @Nullable String lastEventId) {
        return open(topic, lastEventId, LEFT);
    }

    private FrameSource<String> open(String topic, @Nullable String lastEventId, Duration left) {
        Subscriber subscriber = SilentSink.subscribe(hub, List.of(topic), List.of(topic), lastEventId);
        return new FrameSource<>(
                subscriber,
                words,
                TokenLife.until(clock.instant().plus(left)),
                HEARTBEAT,
                clock.instant(),
                clock.nanoTime());
    }

    @Test
    void openingComesFirstAndOnce() {
        publish("x", 1);
        assertThat(source.take()).isEqualTo("opening");
        assertThat(source.take()).isEqualTo("1 events");
        assertThat(source.take()).isNull();
    }

    @Test
    void writeCarriesEventsOf64KibAndNoMore() {
        source.take();
        int size = publish("x", 1).size();
        publish("x", 1_999);
        int most = WRITE / size;
        assertThat(source.take()).isEqualTo(most + " events");
        assertThat(source.hasMore()).isTrue();
        assertThat(source.take()).isEqualTo(most + " events");
    }

    @Test
    void eventsOfExactly64KibAreOneWriteAndOneByteMoreIsTwo() {
        source.take();
        String first = "x".repeat(10_000);
        publish(first, 1);
        publish(ascii(WRITE - size(first)), 1);
        assertThat(source.take()).isEqualTo("2 events");
        // Beside another character each of ASCII takes three, so that a size may be odd.
        String odd = "é" + first + (size("é" + first) % 2 == 0 ? "x" : "");
        assertThat(size(odd) % 2).isOne();
        publish(odd, 1);
        publish(ascii(WRITE + 1 - size(odd)), 1);
        assertThat(source.take()).isEqualTo("1 events");
        assertThat(source.take()).isEqualTo("1 events");
    }

    /** Data with which an event is of this even size: in ASCII a character takes a byte of the text and one of the frame. */
    private static String ascii(int size) {
        String data = "x".repeat((size - size("")) / 2);
        assertThat(size(data)).isEqualTo(size);
        return data;
    }

    private static int size(String data) {
        return Event.kept(new Position(Epoch.startingAt(Instant.EPOCH), 1), request(data), Instant.EPOCH)
                .size();
    }

    private static PublishRequest request(String data) {
        return new PublishRequest(List.of("/a"), null, data, null, null, false);
    }

    @Test
    void eventThatIsLargerIsAWriteOfItsOwn() {
        source.take();
        publish("x".repeat(WRITE), 2);
        assertThat(source.take()).isEqualTo("1 events");
        assertThat(source.take()).isEqualTo("1 events");
        assertThat(source.take()).isNull();
    }

    @Test
    void whatIsWrittenPutsTheHeartbeatOff() {
        source.take();
        assertThat(after(Duration.ZERO)).isFalse();
        assertThat(after(HEARTBEAT.minusNanos(1))).isFalse();
        publish("x", 1);
        source.take();
        assertThat(after(Duration.ofNanos(1))).isFalse();
        assertThat(after(HEARTBEAT.minusNanos(1))).isFalse();
        assertThat(after(Duration.ofNanos(1))).isTrue();
        assertThat(source.take()).isEqualTo("heartbeat");
        assertThat(source.take()).isNull();
    }

    @Test
    void eventsTakeThePlaceOfAHeartbeatThatIsDue() {
        source.take();
        after(Duration.ZERO);
        assertThat(after(HEARTBEAT)).isTrue();
        publish("x", 1);
        assertThat(source.take()).isEqualTo("1 events");
        assertThat(source.take()).isNull();
    }

    @Test
    void endOfTheTokenIsSaidBeforeTheEventsThatWait() {
        source.take();
        assertThat(source.hasMore()).isFalse();
        publish("x", 1);
        after(LEFT.minusSeconds(30).minusNanos(1));
        assertThat(source.take()).isEqualTo("1 events");
        publish("x", 1);
        assertThat(after(Duration.ofNanos(1))).isTrue();
        assertThat(source.hasMore()).isTrue();
        assertThat(source.take()).isEqualTo("expiring 2026-01-01T12:02:00Z");
        assertThat(source.take()).isEqualTo("1 events");
    }

    @Test
    void endThatIsNearIsSaidRightAfterTheOpening() {
        source = open("/a", null, Duration.ofSeconds(30));
        assertThat(source.take()).isEqualTo("opening");
        assertThat(source.hasMore()).isTrue();
        assertThat(source.take()).isEqualTo("expiring 2026-01-01T12:00:30Z");
        assertThat(source.hasMore()).isFalse();
    }

    @Test
    void streamThatSaysNothingOfItsTokenGoesOnWithItsEvents() {
        words.silent = true;
        source.take();
        publish("x", 1);
        after(LEFT.minusSeconds(30));
        assertThat(source.take()).isEqualTo("1 events");
    }

    @Test
    void streamEndsWithItsTokenAndNotBefore() {
        after(LEFT.minusNanos(1));
        assertThat(source.subscriber().ended()).isNull();
        assertThat(after(Duration.ofNanos(1))).isTrue();
        assertThat(source.subscriber().ended()).isEqualTo(DisconnectReason.EXPIRED);
    }

    @Test
    void renewalThatComesBeforeTheTimerLooksKeepsTheStream() {
        source.take();
        after(LEFT.minusNanos(1));
        assertThat(source.hasMore()).isTrue();
        assertThat(source.take()).isEqualTo("expiring 2026-01-01T12:02:00Z");
        Runnable said = source.renew(TokenLife.until(clock.instant().plusSeconds(20)));
        assertThat(after(Duration.ofSeconds(19))).isFalse();
        assertThat(source.take()).as("nothing is said of the token").isNull();
        said.run();
        assertThat(after(Duration.ZERO)).isTrue();
        assertThat(source.take()).startsWith("expiring ");
        after(Duration.ofSeconds(1));
        assertThat(source.subscriber().ended()).isEqualTo(DisconnectReason.EXPIRED);
    }

    @Test
    void renewalAfterTheTimerHasLookedComesTooLate() {
        after(LEFT);
        source.renew(TokenLife.until(null)).run();
        after(Duration.ofDays(1));
        assertThat(source.subscriber().ended()).isEqualTo(DisconnectReason.EXPIRED);
    }

    @Test
    void thatAllIsWrittenWhichWasStoredIsSaidOnceAndBeforeWhatIsLive() {
        words.caughtUp = true;
        publish("x", 3);
        source = open("/a", "earliest");
        publish("x", 2);
        assertThat(source.take()).isEqualTo("opening");
        assertThat(source.take()).isEqualTo("3 events");
        assertThat(source.hasMore()).isTrue();
        assertThat(source.take()).isEqualTo("caught up with 3");
        assertThat(source.take()).isEqualTo("2 events");
        assertThat(source.take()).isNull();
        assertThat(source.hasMore()).isFalse();
    }

    @Test
    void streamThatHasNothingToReadIsCaughtUpAtOnce() {
        words.caughtUp = true;
        publish("x", 1);
        source = open("/a", null);
        assertThat(source.hasMore()).as("nothing comes before the opening").isFalse();
        source.take();
        assertThat(source.hasMore()).isTrue();
        assertThat(source.take()).isEqualTo("caught up with 1");
        assertThat(source.take()).isNull();
    }

    @Test
    void streamIsNotCaughtUpWhileTheLogCannotBeRead() {
        words.caughtUp = true;
        publish("x", 1);
        source = open("/a", "earliest");
        source.take();
        log.withoutPages();
        assertThat(source.take()).isNull();
        assertThat(after(Duration.ofMillis(1))).isTrue();
        assertThat(source.take()).isNull();
        log.up();
        assertThat(source.take()).isEqualTo("1 events");
        assertThat(source.take()).isEqualTo("caught up with 1");
    }

    @Test
    void missedPassingEventIsAGapAfterWhatCameBeforeIt() {
        source.take();
        miss();
        assertThat(source.hasMore()).isTrue();
        String last = null;
        String next = source.take();
        for (; next != null && !next.equals("gap"); next = source.take()) {
            assertThat(next).endsWith(" events");
            last = next;
        }
        assertThat(last).isNotNull();
        assertThat(next).isEqualTo("gap");
        assertThat(source.subscriber().ended()).isNull();
    }

    @Test
    void streamThatCannotSayThatItMissedSomethingEndsAsSlow() {
        words.silent = true;
        source.take();
        miss();
        for (String next = source.take(); next != null; next = source.take()) {
            assertThat(next).endsWith(" events");
        }
        assertThat(source.subscriber().ended()).isEqualTo(DisconnectReason.SLOW);
    }

    /** Fills the outbox, and has an event pass that no history holds. */
    private void miss() {
        publish("x", OUTBOX);
        log.pass(new PublishRequest(List.of("/a"), null, "passing", null, null, false));
        Subscriber marker = open("/b", null).subscriber();
        hub.publish(List.of(new PublishRequest(List.of("/b"), null, "marker", null, null, false)));
        Eventually.holds("that has come by", () -> marker.queued() == 1);
    }

    @Test
    void logThatCannotBeReadEndsNothingAndIsAskedAgainByTheTimer() {
        publish("x", 1);
        source = open("/a", "earliest");
        source.take();
        log.withoutPages();
        assertThat(source.take()).isNull();
        assertThat(source.replaying()).isTrue();
        assertThat(source.hasMore()).as("a writer would go round in circles").isFalse();
        assertThat(after(Duration.ofMillis(1))).isTrue();
        log.up();
        assertThat(source.take()).isEqualTo("1 events");
        assertThat(after(Duration.ofMillis(1))).isFalse();
    }

    @Test
    void heartbeatIsSaidThoughTheLogCannotBeRead() {
        publish("x", 1);
        source = open("/a", "earliest");
        source.take();
        log.withoutPages();
        after(Duration.ZERO);
        after(HEARTBEAT);
        assertThat(source.take()).isEqualTo("heartbeat");
    }

    /** So that its peer comes back with a position that history still has. */
    @Test
    void peerHearsHowFarItIsWhenSoMuchWentByAndItWasSentNothingForAWhile() {
        source.take();
        after(Duration.ofMillis(1));
        passBy(1_000);
        assertThat(after(QUIET.minusNanos(1))).isFalse();
        assertThat(after(Duration.ofNanos(1))).isTrue();
        assertThat(source.take()).isEqualTo("heartbeat");
        assertThat(source.take()).isNull();
    }

    /** The timer sees at its next tick that something was written. */
    @Test
    void peerHearsThatWithinASecondOfWhatItWasSentLast() {
        for (int millis = 100; millis <= 2_000; millis += 43) {
            Duration heartbeat = Duration.ofMillis(millis);
            Duration tick = Streams.period(heartbeat);
            Subscriber subscriber = SilentSink.subscribe(hub, List.of("/a"), List.of("/a"), null);
            var life = new TokenLife(null, () -> false);
            var quiet = new FrameSource<>(subscriber, words, life, heartbeat, clock.instant(), clock.nanoTime());
            quiet.take();
            passBy(1_000);
            Duration waited = Duration.ZERO;
            do {
                waited = waited.plus(tick);
            } while (!quiet.tick(clock.advance(tick), clock.nanoTime()));
            assertThat(waited).as("with a heartbeat of %s", heartbeat).isLessThan(Duration.ofSeconds(1));
            subscriber.end(DisconnectReason.CLOSED);
        }
    }

    @Test
    void noticeWithoutAPositionDoesNotPutThePositionOff() {
        source.take();
        passBy(1_000);
        after(Duration.ofMillis(1));
        source.renew(TokenLife.until(clock.instant().plusSeconds(20))).run();
        assertThat(after(QUIET.minusNanos(1))).isTrue();
        assertThat(source.take()).startsWith("expiring");
        assertThat(after(Duration.ofNanos(1))).isTrue();
        assertThat(source.take()).isEqualTo("heartbeat");
    }

    /** As of a peer that reads nothing. */
    @Test
    void heartbeatOfAStreamThatCannotBeWrittenFallsDueAllTheSame() {
        source.take();
        after(Duration.ZERO);
        passBy(1_000);
        for (Duration waited = Duration.ZERO; waited.compareTo(HEARTBEAT) < 0; waited = waited.plus(QUIET)) {
            after(QUIET);
        }
        assertThat(after(Duration.ofMillis(1))).isTrue();
        assertThat(source.take()).isEqualTo("heartbeat");
    }

    /** As a peer that reads nothing, whose stream is not written to. */
    @Test
    void streamThatCannotBeWrittenIsNotAskedAtEachTick() {
        source.take();
        passBy(1_000);
        after(Duration.ofMillis(1));
        assertThat(after(QUIET)).isTrue();
        assertThat(after(QUIET.minusNanos(1))).isFalse();
        assertThat(after(Duration.ofNanos(1))).isTrue();
    }

    /** All quiet streams are sent one at once, beside a flood. */
    @Test
    void peerHearsThatNoOftener() {
        source.take();
        after(Duration.ofMillis(1));
        after(QUIET);
        passBy(1_000);
        assertThat(after(Duration.ofMillis(1))).isTrue();
        assertThat(source.take()).isEqualTo("heartbeat");
        passBy(1_000);
        assertThat(after(Duration.ofMillis(1))).isFalse();
        assertThat(after(QUIET.minusNanos(1))).isFalse();
        assertThat(after(Duration.ofNanos(1))).isTrue();
        source.take();
        passBy(999);
        after(Duration.ofMillis(1));
        assertThat(after(QUIET)).isFalse();
        assertThat(source.take()).isNull();
    }

    /** An event brings its position with it. A write more beside each would cost as much as the event. */
    @Test
    void peerThatGetsAnEventEverySoOftenHearsOfNothingElse() {
        source.take();
        for (int i = 0; i < 3; i++) {
            passBy(1_000);
            assertThat(after(QUIET.minusNanos(1))).isFalse();
            publish("x", 1);
            assertThat(source.take()).isEqualTo("1 events");
            after(Duration.ofMillis(1));
        }
    }

    /** Has so many events go by that are not for it. */
    private void passBy(int count) {
        Subscriber marker = open("/b", null).subscriber();
        for (int i = 0; i < count; i++) {
            hub.publish(List.of(new PublishRequest(List.of("/b"), null, "x", null, null, false)));
        }
        Eventually.holds("they have gone by", () -> marker.queued() == count);
        marker.end(DisconnectReason.CLOSED);
    }

    private boolean after(Duration step) {
        return source.tick(clock.advance(step), clock.nanoTime());
    }

    /** Publishes events with this data, and waits for them; the last one. */
    private Event publish(String data, int count) {
        PublishRequest request = request(data);
        Subscriber subscriber = source.subscriber();
        long before = subscriber.client().delivered() + subscriber.queued();
        Event last = null;
        for (int i = 0; i < count; i++) {
            last = hub.publish(List.of(request)).get(0);
        }
        Eventually.holds("they wait", () -> subscriber.client().delivered() + subscriber.queued() == before + count);
        return last;
    }

    @Test
    void streamEndsAtTheFirstLookAfterItsTokenWasRevoked() {
        var revoked = new AtomicBoolean();
        Subscriber subscriber = SilentSink.subscribe(hub, List.of("/a"), List.of("/a"), null);
        var life = new TokenLife(null, revoked::get);
        var ending = new FrameSource<>(subscriber, words, life, HEARTBEAT, clock.instant(), clock.nanoTime());
        ending.tick(clock.instant(), clock.nanoTime());
        assertThat(subscriber.ended()).isNull();
        revoked.set(true);
        assertThat(ending.tick(clock.instant(), clock.nanoTime())).isTrue();
        assertThat(subscriber.ended()).isEqualTo(DisconnectReason.REVOKED);
    }
}
