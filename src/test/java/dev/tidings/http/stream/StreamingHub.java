package dev.tidings.http.stream;

import dev.tidings.auth.Grant;
import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.http.ErrorFilter;
import dev.tidings.http.proxy.TrustedProxies;
import dev.tidings.http.publish.PublishingHub;
import dev.tidings.hub.Hub;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import dev.tidings.stream.StreamOpener;
import dev.tidings.stream.Streams;
import dev.tidings.stream.TokenLife;
import dev.tidings.testing.FaultyLog;
import dev.tidings.testing.InProcessJetty;
import dev.tidings.testing.ManualClock;
import dev.tidings.testing.OwnSite;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A hub behind {@code /events}, in this JVM, whose time is the test's.
 *
 * <p>Its heartbeat is due after 15 s, and it holds 100 events. Streams may be opened without a token.
 */
final class StreamingHub implements AutoCloseable {

    static final Duration HEARTBEAT = Duration.ofSeconds(15);

    final ManualClock clock = new ManualClock(Instant.now());

    final FaultyLog log = new FaultyLog(
            new MemoryLog(new Retention(100, Duration.ofHours(1), 64 << 20, SelectorSet.of(List.of())), clock));

    final Hub hub = new Hub(log, 8, 1 << 20, clock);
    private final Streams streams = new Streams(1, HEARTBEAT, clock, clock::nanoTime);
    private final InProcessJetty jetty;

    StreamingHub() {
        this(new InProcessJetty());
    }

    /** In this Jetty, behind whatever is in it already. */
    StreamingHub(InProcessJetty jetty) {
        this.jetty = jetty.filter("/*", new ErrorFilter())
                .filter("/events", OwnSite.auth(PublishingHub.verifier(clock), true))
                .servlet(
                        "/events",
                        new StreamServlet(
                                new EventStreamOpener(
                                        hub,
                                        new StreamOpener(hub, streams, HEARTBEAT, clock),
                                        streams,
                                        Duration.ofSeconds(2),
                                        TrustedProxies.of(List.of()),
                                        this::life,
                                        clock),
                                new AnswerOpener(
                                        hub, streams, HEARTBEAT, TrustedProxies.of(List.of()), this::life, clock)))
                .start();
    }

    /** Publishes a public event and returns it. */
    Event publish(String topic, String data) {
        return hub.publish(List.of(new PublishRequest(List.of(topic), null, data, null, null, false)))
                .get(0);
    }

    private TokenLife life(Grant grant) {
        return TokenLife.until(grant.ends(clock.instant()));
    }

    int subscribers() {
        return hub.clients().size();
    }

    /** A connection to say exactly what a test wants. */
    RawClient connect() {
        return RawClient.connect(jetty.uri());
    }

    StreamRequest stream(String target) {
        return StreamRequest.to(jetty.uri(), target);
    }

    /** A stream of this user's inbox whose token expires so long from now, by the test's clock. */
    StreamRequest expiring(String user, Duration left) {
        return stream("/events").with(Tokens.user(user).expiring(clock.instant().plus(left)));
    }

    @Override
    public void close() {
        jetty.close();
        log.close();
        streams.close();
    }
}
