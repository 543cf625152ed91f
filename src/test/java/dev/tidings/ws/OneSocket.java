package dev.tidings.ws;

import dev.tidings.auth.DefaultGrant;
import dev.tidings.auth.Grant;
import dev.tidings.auth.KeySources;
import dev.tidings.auth.SigningAlgorithm;
import dev.tidings.auth.TokenRules;
import dev.tidings.auth.TokenVerifier;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.Hub;
import dev.tidings.hub.Peer;
import dev.tidings.hub.RateLimit;
import dev.tidings.hub.Refusals;
import dev.tidings.hub.StartRequest;
import dev.tidings.hub.Subscriber;
import dev.tidings.hub.Subscription;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import dev.tidings.publish.PublishGuard;
import dev.tidings.publish.PublishService;
import dev.tidings.stream.FrameSource;
import dev.tidings.stream.SharedFrames;
import dev.tidings.stream.Streams;
import dev.tidings.stream.TokenLife;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.FaultyLog;
import dev.tidings.testing.ManualClock;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket of a hub in this JVM, subscribed to {@code /a}, with a clock that the test moves and a peer that the test
 * is. What it logs of failures that a test brings about is not shown.
 */
final class OneSocket implements AutoCloseable {

    static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** How many bytes a frame of its peer's may have. */
    static final int FRAME_BYTES = 1_000;

    /** How many answers may wait, and how many characters they may have. */
    static final int WAITING_FRAMES = 3;

    /** How many events may wait for it. */
    static final int OUTBOX = 256;

    private final Logger logger = Logger.getLogger(SocketStream.class.getPackageName());

    final ManualClock clock = new ManualClock();
    final FaultyLog log = new FaultyLog(
            new MemoryLog(new Retention(1_000, Duration.ofDays(1), 1 << 24, SelectorSet.of(List.of())), clock));
    final Hub hub = new Hub(log, OUTBOX, 1 << 20, clock);
    final RecordingPeer peer = new RecordingPeer();
    final ControlExecutor controls = new ControlExecutor();
    final Liveness liveness = new Liveness(HEARTBEAT, clock.nanoTime());
    final SocketStream stream;
    final Subscriber subscriber;
    final SocketSession session;
    final FrameAssembler assembler;

    private final Streams streams;
    private final AtomicInteger starved = new AtomicInteger();

    private OneSocket(boolean served, Grant grant) {
        logger.setLevel(Level.OFF);
        streams = new Streams(1, Duration.ofMillis(40), clock, this::nanoTime);
        if (!served) {
            streams.close();
        }
        SelectorSet topics = SelectorSet.parse(List.of("/a"));
        stream = hub.subscribe(
                new Subscription(
                        topics,
                        grant.subscribe(),
                        new Peer(grant.user(), "caller", "192.0.2.1", "test", "ws", null),
                        StartRequest.NOW),
                opened -> stream(opened, grant));
        subscriber = stream.subscriber();
        stream.begin();
        session = new SocketSession(stream.source(), grant, this::life);
        var guard = new PublishGuard(List.of("/clients"));
        var publishing = new PublishService(
                hub,
                guard,
                new RateLimit("published", 0, System::nanoTime),
                new Refusals(System::nanoTime),
                clock::nanoTime,
                new BoundedWait(Duration.ofSeconds(1)));
        var handler = new FrameHandler(publishing, verifier(clock), 100);
        assembler = new FrameAssembler(handler, session, stream, null, FRAME_BYTES);
    }

    private SocketStream stream(Subscriber opened, Grant grant) {
        var source = new FrameSource<>(
                opened,
                new TextFraming(opened, new SharedFrames<>(ServerFrames::event), "node", false),
                life(grant),
                HEARTBEAT,
                clock.instant(),
                clock.nanoTime());
        return new SocketStream(streams, controls, new ReplyQueue(WAITING_FRAMES, 1 << 20), liveness, source);
    }

    private TokenLife life(Grant of) {
        return TokenLife.until(of.ends(clock.instant()));
    }

    /** One that is written to by threads of the hub's, which see the clock as it is moved. */
    static OneSocket served() {
        return new OneSocket(true, grant("alice", null));
    }

    /** The same, whose token ends so long from now. */
    static OneSocket servedExpiring(Duration left) {
        return new OneSocket(true, grant("alice", new ManualClock().instant().plus(left)));
    }

    /** One whose hub has stopped its threads: the test calls for each turn and each look at the time itself. */
    static OneSocket still() {
        return new OneSocket(false, grant("alice", null));
    }

    /** The same, whose token ends so long from now. */
    static OneSocket expiring(Duration left) {
        return new OneSocket(false, grant("alice", new ManualClock().instant().plus(left)));
    }

    /** The same, opened without a token. */
    static OneSocket anonymous() {
        return new OneSocket(false, Grant.anonymous());
    }

    private static Grant grant(String user, @Nullable Instant expires) {
        return new Grant(user, SelectorSet.parse(List.of("/a", "/b")), SelectorSet.of(List.of()), null, expires);
    }

    private static TokenVerifier verifier(ManualClock clock) {
        var rules = new TokenRules(
                null, null, "sub", new DefaultGrant(List.of("/users/{sub}", "/all"), List.of("/users/{sub}")));
        return new TokenVerifier(SigningAlgorithm.HS256, KeySources.of(Tokens.SECRET), rules, clock);
    }

    /** From now on there is no memory, so many times, where the time is asked for: for a frame to be heard, or sent. */
    void starve(int times) {
        starved.set(times);
    }

    private long nanoTime() {
        if (starved.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new OutOfMemoryError("as if");
        }
        return clock.nanoTime();
    }

    /** Has the peer arrive. */
    OneSocket connect() {
        stream.connected(peer.socket());
        return this;
    }

    /** One turn of a writer's. */
    void turn() {
        stream.writePending();
    }

    /** Moves the clock, and has the timer look; whether it goes on looking. */
    boolean after(Duration step) {
        return stream.tick(clock.advance(step), clock.nanoTime());
    }

    /** Waits until the timer has looked since now, and is done with that. */
    void awaitLook() {
        for (int looks = 0; looks < 2; looks++) {
            long asked = System.nanoTime();
            Eventually.holds(
                    "the timer looks",
                    () -> System.nanoTime() - asked > streams.sinceTick().toNanos());
        }
    }

    /** Publishes events on {@code /a}, and waits until they wait for this subscriber, or have been sent. */
    void publish(int count) {
        long before = subscriber.client().delivered() + subscriber.queued();
        publish("/a", "x", count);
        Eventually.holds(
                "they are delivered", () -> subscriber.client().delivered() + subscriber.queued() == before + count);
    }

    /** Publishes events, and waits for nothing. */
    void publish(String topic, String data, int count) {
        for (int i = 0; i < count; i++) {
            hub.publish(List.of(new PublishRequest(List.of(topic), null, data, null, null, false)));
        }
    }

    /** Hears a whole text frame, with apostrophes for quotation marks. */
    void hear(String frame) {
        assembler.onText(frame.replace('\'', '"'), true);
    }

    @Override
    public void close() {
        log.close();
        peer.takePings();
        try {
            // Each gives its threads some seconds: where they do not stop, the test is not to wait for all of these.
            Eventually.value(CompletableFuture.runAsync(() -> {
                streams.close();
                controls.close();
            }));
        } finally {
            logger.setLevel(null);
        }
    }
}
