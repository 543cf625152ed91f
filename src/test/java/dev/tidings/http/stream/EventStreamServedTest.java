package dev.tidings.http.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

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
import dev.tidings.testing.SilentSink;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * An HTTP stream that is served by the hub's own threads, which are woken when there is something to do. The test is its
 * container, and calls only whom it was given.
 */
class EventStreamServedTest {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int HISTORY = 400;
    private static final int OUTBOX = 64;

    /** How a heartbeat begins, after another block. */
    private static final String HEARTBEAT_BLOCK = "\n\n:\nid: ";

    private final ManualClock clock = new ManualClock();
    private final MemoryLog log =
            new MemoryLog(new Retention(HISTORY, Duration.ofDays(1), 64 << 20, SelectorSet.of(List.of())), clock);
    private final Hub hub = new Hub(log, OUTBOX, 8 << 20, clock);
    private final Streams streams = new Streams(1, Duration.ofMillis(40), clock, clock::nanoTime);
    private final RecordingOutput out = new RecordingOutput();
    private final AtomicInteger completed = new AtomicInteger();
    private final AtomicReference<AsyncListener> container = new AtomicReference<>();

    @AfterEach
    void close() {
        log.close();
        streams.close();
    }

    @Test
    void eventsAreWrittenByAWriterAndEachWakesItAgain() throws IOException {
        open(null, true);
        publish("/a", "before", 1);
        begin();
        for (String data : List.of("1", "2", "3")) {
            publish("/a", data, 1);
            await(data);
        }
        assertThat(out.text()).contains("data: before\n\n");
    }

    @Test
    void streamThatIsToEndIsCompletedByAWriter() throws IOException {
        Subscriber subscriber = open(null, true).subscriber();
        begin();
        subscriber.end(DisconnectReason.DISCONNECTED);
        Eventually.holds("it is completed", () -> completed.get() == 1);
    }

    @Test
    void timerHasAHeartbeatWritten() throws IOException {
        open(null, true);
        begin();
        Eventually.holds("it is written", () -> {
            // The opening counts from when the timer finds it written.
            clock.advance(HEARTBEAT);
            return out.text().contains(HEARTBEAT_BLOCK);
        });
    }

    @Test
    void timerHasAFailureCompletedThatTheContainerDoesNotNotice() throws IOException {
        Subscriber subscriber = open(null, true).subscriber();
        begin();
        out.breakDown();
        publish("/a", "never", 1);
        Eventually.holds("it is noticed", () -> subscriber.ended() == DisconnectReason.CLOSED);
        Eventually.holds("it is completed", () -> {
            clock.advance(Completion.PATIENCE);
            return completed.get() == 1;
        });
    }

    @Test
    void historyIsReadOnThoughSomeOfItHeldNothingForTheStream() throws IOException {
        publish("/b", "x".repeat(4_000), HISTORY - 1);
        publishAsHistory("last");
        EventStream stream = open(Position.EARLIEST, true);
        assertThat(stream.replaying()).isTrue();
        begin();
        await("last");
        assertThat(stream.replaying()).isFalse();
    }

    /** So that others do not wait for it. */
    @Test
    void streamThatReadsHistorySaysSo() throws IOException {
        publishAsHistory("x");
        EventStream opened = open(Position.EARLIEST, true);
        assertThat(opened.replaying()).isTrue();
        begin();
        await("x");
        assertThat(opened.replaying()).isFalse();
    }

    @Test
    void writerComesBackForWhatOneTurnDoesNotWrite() throws IOException {
        open(null, true);
        begin();
        String large = "x".repeat(70_000);
        publish("/a", large, 20);
        publish("/a", "last", 1);
        await("last");
        assertThat(out.text().split("data: x", -1)).hasSize(21);
    }

    @Test
    void containerTellsItWhenTheConnectionIsGone() throws IOException {
        Subscriber subscriber = open(null, true).subscriber();
        begin();
        requireNonNull(container.get()).onComplete(null);
        assertThat(subscriber.ended()).isEqualTo(DisconnectReason.CLOSED);
        assertThat(completed).hasValue(0);
    }

    @Test
    void quietPeerIsToldOfAPositionBeforeHistoryHasPassedItsOwnUnlessItHearsOfNone() throws IOException {
        open(null, false);
        begin();
        var other = new RecordingOutput();
        open(null, true, other);
        begin(other);
        publish("/b", "x", 3 * HISTORY);
        Eventually.holds("the other is told", () -> other.text().contains(HEARTBEAT_BLOCK));
        publish("/a", "marker", 1);
        await("marker");
        assertThat(out.text()).doesNotContain(HEARTBEAT_BLOCK);
    }

    /** Opens a stream, which the container does not call yet. */
    private EventStream open(@Nullable String lastEventId, boolean sendsPositions) throws IOException {
        return open(lastEventId, sendsPositions, out);
    }

    private EventStream open(@Nullable String lastEventId, boolean sendsPositions, RecordingOutput to)
            throws IOException {
        var framing = new EventsFraming(Duration.ofSeconds(2)) {
            @Override
            public boolean sendsPositions() {
                return sendsPositions;
            }
        };
        SelectorSet topics = SelectorSet.parse(List.of("/a"));
        var peer = new Peer("alice", "alice", "192.0.2.1", "test", "sse", null);
        StreamOutput output = output(to);
        EventStream stream = hub.subscribe(
                new Subscription(topics, topics, peer, StartRequest.after(lastEventId)),
                subscriber -> new EventStream(
                        async(),
                        output,
                        streams,
                        new FrameSource<>(
                                subscriber,
                                framing,
                                TokenLife.until(null),
                                HEARTBEAT,
                                clock.instant(),
                                clock.nanoTime())));
        stream.open();
        return stream;
    }

    private static StreamOutput output(RecordingOutput to) throws IOException {
        return StreamOutput.of(new PlainRequest(), to.response());
    }

    /** The container calls. */
    private void begin() throws IOException {
        begin(out);
    }

    private static void begin(RecordingOutput to) throws IOException {
        requireNonNull(to.listener(), "nobody to call").onWritePossible();
    }

    private void publish(String topic, String data, int count) {
        for (int i = 0; i < count; i++) {
            hub.publish(List.of(new PublishRequest(List.of(topic), null, data, null, null, false)));
        }
    }

    /** Publishes an event on {@code /a}, and waits until whoever comes next finds it in history alone. */
    private void publishAsHistory(String data) {
        Subscriber marker = SilentSink.subscribe(hub, List.of("/a"), List.of("/a"));
        publish("/a", data, 1);
        Eventually.holds("it is delivered", () -> marker.queued() == 1);
    }

    private void await(String data) {
        Eventually.holds(data + " is written", () -> out.text().endsWith("data: " + data + "\n\n"));
    }

    private AsyncContext async() {
        return (AsyncContext) Proxy.newProxyInstance(
                AsyncContext.class.getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "complete" -> completed.incrementAndGet();
                        case "addListener" -> container.set((AsyncListener) arguments[0]);
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }
}
