package dev.tidings.http.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Hub;
import dev.tidings.hub.Peer;
import dev.tidings.hub.StartRequest;
import dev.tidings.hub.Subscriber;
import dev.tidings.hub.Subscription;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import dev.tidings.stream.FrameSource;
import dev.tidings.stream.Streams;
import dev.tidings.stream.TokenLife;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.ManualClock;
import dev.tidings.testing.PlainRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One HTTP stream whose container, writer and timer the test plays: what is written, and when it ends. Over 300 lines,
 * since each fact needs all three.
 */
class EventStreamTest {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration LEFT = Duration.ofMinutes(10);

    /** More than one write through a container's buffer holds. */
    private static final String LONG = "x".repeat(20_000);

    private final Logger logger = Logger.getLogger(EventStream.class.getName());
    private final ManualClock clock = new ManualClock();
    private final MemoryLog log =
            new MemoryLog(new Retention(100, Duration.ofHours(1), 64 << 20, SelectorSet.of(List.of())), clock);
    private final Hub hub = new Hub(log, 64, 8 << 20, clock);
    private final Streams streams = new Streams(1, HEARTBEAT, clock, clock::nanoTime);
    private final RecordingOutput out = new RecordingOutput();
    private int completed;

    private EventStream stream;
    private Subscriber subscriber;
    private volatile boolean starved;

    @BeforeEach
    void open() throws IOException {
        logger.setLevel(Level.OFF);
        streams.close();
        SelectorSet topics = SelectorSet.parse(List.of("/a"));
        var framing = new EventsFraming(Duration.ofSeconds(2)) {
            @Override
            public byte[] heartbeat(Position reached) {
                if (starved) {
                    throw new OutOfMemoryError("as if");
                }
                return super.heartbeat(reached);
            }
        };
        StreamOutput output = StreamOutput.of(new PlainRequest(), out.response());
        stream = hub.subscribe(
                new Subscription(
                        topics, topics, new Peer("alice", "alice", "192.0.2.1", "test", "sse", null), StartRequest.NOW),
                opened -> new EventStream(
                        async(),
                        output,
                        streams,
                        new FrameSource<>(
                                opened,
                                framing,
                                TokenLife.until(clock.instant().plus(LEFT)),
                                HEARTBEAT,
                                clock.instant(),
                                clock.nanoTime())));
        subscriber = stream.subscriber();
        stream.open();
    }

    @AfterEach
    void close() {
        log.close();
        logger.setLevel(null);
    }

    @Test
    void nothingIsWrittenBeforeTheContainerSaysThatItMayBe() {
        turn();
        assertThat(out.questions()).isZero();
        stream.onWritePossible();
        assertThat(out.text()).startsWith(":\nretry: 2000\nid: ").endsWith("\n\n");
        assertThat(out.flushes()).isOne();
    }

    @Test
    void whatCameMeanwhileLeavesInOneWriteAtTheNextTurn() {
        stream.onWritePossible();
        int before = out.writes();
        publish("1");
        publish("2");
        publish("3");
        turn();
        assertThat(out.text().split("\n\n", -1)).hasSize(5);
        assertThat(out.text()).endsWith("data: 3\n\n");
        assertThat(out.writes()).isEqualTo(before + 1);
        assertThat(out.flushes()).isEqualTo(2);
    }

    @Test
    void streamThatIsFullWaitsForTheContainerToCall() {
        stream.onWritePossible();
        String opening = out.text();
        out.room(0);
        publish("1");
        turn();
        assertThat(out.text()).isEqualTo(opening);
        out.room(100);
        int questions = out.questions();
        turn();
        assertThat(out.questions()).isEqualTo(questions);
        stream.onWritePossible();
        assertThat(out.text()).endsWith("data: 1\n\n");
    }

    @Test
    void whatDidNotFitIsWrittenOnFromWhereItStopped() {
        stream.onWritePossible();
        String opening = out.text();
        out.room(1);
        String id = publish(LONG).id();
        publish("2");
        turn();
        assertThat(out.text().length()).isLessThan(opening.length() + LONG.length());
        out.room(100);
        stream.onWritePossible();
        turn();
        assertThat(out.text().substring(opening.length()))
                .startsWith("id: " + id + "\ndata: " + LONG + "\n\nid: ")
                .endsWith("data: 2\n\n");
    }

    @Test
    void whatHasBegunIsWrittenToItsEndThoughTheStreamIsToEnd() {
        stream.onWritePossible();
        String opening = out.text();
        out.room(1);
        String id = publish(LONG).id();
        turn();
        publish("never");
        subscriber.end(DisconnectReason.DISCONNECTED);
        turn();
        assertThat(completed).isZero();
        out.room(100);
        stream.onWritePossible();
        assertThat(out.text().substring(opening.length())).isEqualTo("id: " + id + "\ndata: " + LONG + "\n\n");
        assertThat(completed).isOne();
    }

    @Test
    void streamThatEndsBecauseTheNodeStopsIsToldWhenToComeBack() {
        stream.onWritePossible();
        String opening = out.text();
        publish("never");
        subscriber.end(DisconnectReason.DRAINED);
        turn();
        assertThat(out.text().substring(opening.length()))
                .matches(":\n?retry: \\d+\n\n|retry: \\d+\n\n|:\nretry: \\d+\n\n");
        assertThat(completed).isOne();
    }

    @Test
    void whatHasBegunIsWrittenToItsEndBeforeThePeerIsToldWhenToComeBack() {
        stream.onWritePossible();
        String opening = out.text();
        out.room(1);
        String id = publish(LONG).id();
        turn();
        subscriber.end(DisconnectReason.DRAINED);
        turn();
        assertThat(completed).isZero();
        out.room(200);
        stream.onWritePossible();
        assertThat(out.text().substring(opening.length()))
                .startsWith("id: " + id + "\ndata: " + LONG + "\n\n")
                .contains("retry: ");
        assertThat(completed).isOne();
    }

    @Test
    void streamThatIsToEndIsCompletedAtItsNextTurnOnceAndWritesNothingMore() {
        stream.onWritePossible();
        String opening = out.text();
        publish("never");
        subscriber.end(DisconnectReason.DISCONNECTED);
        turn();
        turn();
        stream.onWritePossible();
        assertThat(completed).isOne();
        assertThat(out.text()).isEqualTo(opening);
        assertThat(after(Duration.ZERO)).as("nothing is left to look after").isFalse();
    }

    /** Completing could hold a thread until the peer reads on. */
    @Test
    void streamThatIsFullIsCompletedWhenTheContainerCalls() {
        stream.onWritePossible();
        String opening = out.text();
        out.room(0);
        publish("never");
        turn();
        subscriber.end(DisconnectReason.DISCONNECTED);
        turn();
        assertThat(completed).isZero();
        assertThat(after(Duration.ZERO)).isTrue();
        out.room(100);
        stream.onWritePossible();
        assertThat(completed).isOne();
        assertThat(out.text()).isEqualTo(opening);
    }

    @Test
    void afterAWriteThatFailedNothingIsTouchedUntilTheContainerHasNoticed() {
        stream.onWritePossible();
        out.breakDown();
        publish("1");
        turn();
        assertThat(subscriber.ended()).isEqualTo(DisconnectReason.CLOSED);
        int questions = out.questions();
        turn();
        stream.onWritePossible();
        assertThat(out.questions()).isEqualTo(questions);
        assertThat(completed).isZero();
        stream.onError(new IOException("as if"));
        assertThat(completed).isOne();
    }

    @Test
    void containerThatDoesNotNoticeAFailureIsToldAfterAWhile() {
        stream.onWritePossible();
        out.breakDown();
        publish("1");
        turn();
        assertThat(after(Duration.ZERO)).isTrue();
        assertThat(after(Completion.PATIENCE.minusNanos(1))).isTrue();
        turn();
        assertThat(completed).isZero();
        assertThat(after(Duration.ofNanos(1))).isTrue();
        turn();
        assertThat(completed).isOne();
        assertThat(after(Duration.ZERO)).isFalse();
    }

    @Test
    void containerThatGivesUpIsCompletedByItsOwnCall() {
        stream.onWritePossible();
        stream.onTimeout(null);
        assertThat(subscriber.ended()).isEqualTo(DisconnectReason.CLOSED);
        // Tomcat forgets what was completed inside its WriteListener, so it is said twice.
        assertThat(completed).isEqualTo(2);
        publish("never");
        int questions = out.questions();
        turn();
        assertThat(out.questions()).isEqualTo(questions);
    }

    @Test
    void containerWhoseAsynchronousRequestFailsIsCompletedByItsOwnCall() {
        stream.onWritePossible();
        stream.onError((AsyncEvent) null);
        assertThat(subscriber.ended()).isEqualTo(DisconnectReason.CLOSED);
        assertThat(completed).isEqualTo(2);
    }

    /** The container's thread is still on its way out. */
    @Test
    void writersLeaveAStreamAloneForAMomentAfterTheContainerHasWritten() {
        long before = System.nanoTime();
        stream.onWritePossible();
        int questions = out.questions();
        publish("1");
        while (stream.writePending() != 0) {
            assertThat(out.questions()).isEqualTo(questions);
        }
        assertThat(out.text()).endsWith("data: 1\n\n");
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(EventStream.REST.toNanos());
    }

    @Test
    void streamThatTheContainerHasEndedIsTouchedNoMore() {
        stream.onWritePossible();
        stream.onComplete(null);
        assertThat(subscriber.ended()).isEqualTo(DisconnectReason.CLOSED);
        int questions = out.questions();
        turn();
        stream.onWritePossible();
        assertThat(out.questions()).isEqualTo(questions);
        assertThat(completed).isZero();
        assertThat(after(Duration.ZERO)).isFalse();
    }

    @Test
    void othersHaveTheirTurnAfterFourWrites() {
        stream.onWritePossible();
        int opening = blocks();
        String large = "x".repeat(70_000);
        for (int i = 0; i < 6; i++) {
            publish(large);
        }
        turn();
        assertThat(blocks()).isEqualTo(opening + 4);
        turn();
        assertThat(blocks()).isEqualTo(opening + 6);
    }

    @Test
    void whatCannotBeHadEndsTheStream() {
        stream.onWritePossible();
        String opening = out.text();
        starved = true;
        after(Duration.ZERO);
        after(HEARTBEAT);
        turn();
        assertThat(subscriber.ended()).isEqualTo(DisconnectReason.FAILED);
        assertThat(completed).isOne();
        assertThat(out.text()).isEqualTo(opening);
    }

    @Test
    void idleStreamHasAHeartbeatAndEndsWithItsToken() {
        stream.onWritePossible();
        assertThat(after(Duration.ZERO)).isTrue();
        int opening = blocks();
        assertThat(after(HEARTBEAT.minusNanos(1))).isTrue();
        turn();
        assertThat(blocks()).isEqualTo(opening);
        assertThat(after(Duration.ofNanos(1))).isTrue();
        turn();
        assertThat(blocks()).isEqualTo(opening + 1);
        after(LEFT.minus(HEARTBEAT));
        assertThat(subscriber.ended()).isEqualTo(DisconnectReason.EXPIRED);
        turn();
        assertThat(completed).isOne();
    }

    /** A turn of a writer's, after the rest that one leaves a stream when the container has written to it. */
    private void turn() {
        while (stream.writePending() != 0) {
            Thread.onSpinWait();
        }
    }

    private boolean after(Duration step) {
        Instant now = clock.advance(step);
        return stream.tick(now, clock.nanoTime());
    }

    private int blocks() {
        return out.text().split("\n\n", -1).length;
    }

    private Event publish(String data) {
        long before = subscriber.client().delivered() + subscriber.queued();
        boolean over = subscriber.ended() != null;
        Event event = hub.publish(List.of(new PublishRequest(List.of("/a"), null, data, null, null, false)))
                .get(0);
        Eventually.holds("it waits", () -> over || subscriber.client().delivered() + subscriber.queued() == before + 1);
        return event;
    }

    private AsyncContext async() {
        return (AsyncContext) Proxy.newProxyInstance(
                AsyncContext.class.getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> {
                    completed += method.getName().equals("complete") ? 1 : 0;
                    return null;
                });
    }
}
