package dev.tidings.ws;

import dev.tidings.auth.Grant;
import dev.tidings.auth.TokenVerifier;
import dev.tidings.http.Problem;
import dev.tidings.http.Query;
import dev.tidings.http.RefusalLog;
import dev.tidings.http.SubscriptionReader;
import dev.tidings.http.proxy.TrustedProxies;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Subscription;
import dev.tidings.publish.PublishService;
import dev.tidings.stream.FrameSource;
import dev.tidings.stream.SharedFrames;
import dev.tidings.stream.StreamOpener;
import dev.tidings.stream.Streams;
import dev.tidings.stream.TokenLife;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens WebSockets: {@code GET /ws}.
 *
 * <p>Everything that can be refused is refused over HTTP, before the upgrade, and the subscriber has its place in the
 * log's order before it: what is published once the connection stands is delivered. In a container without WebSockets
 * the answer is 501.
 *
 * <p><b>Threads.</b> The container's; none is held by an open WebSocket.
 */
public final class WebSocketServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** The attribute of the context with the container's WebSockets (Jakarta WebSocket 2.1, section 6.4). */
    private static final String CONTAINER = "jakarta.websocket.server.ServerContainer";

    /** The shortest time after which a container gives up a peer that takes nothing. We have given it up before. */
    private static final Duration SEND_LIMIT = Duration.ofSeconds(10);

    private static final int SEND_LIMIT_HEARTBEATS = 4;

    private final transient StreamOpener opener;
    private final transient Streams streams;
    private final transient ControlExecutor controls;
    private final transient WebSocketLimits limits;
    private final transient SubscriptionReader subscriptions;
    private final transient FrameHandler handler;
    private final String node;
    private final transient Function<Grant, TokenLife> lives;
    private final transient SharedFrames<String> events = new SharedFrames<>(ServerFrames::event);

    /**
     * @param opener opens streams
     * @param publishing publishes what clients send
     * @param verifier what renewed tokens are verified with; null when no key is configured
     * @param proxies who may say where a request comes from
     * @param node the name of this node
     * @param lives how long a stream lives by the token of a grant
     * @param clock the time of day, from which times ago are reckoned
     */
    public WebSocketServlet(
            StreamOpener opener,
            Streams streams,
            ControlExecutor controls,
            WebSocketLimits limits,
            PublishService publishing,
            @Nullable TokenVerifier verifier,
            TrustedProxies proxies,
            String node,
            Function<Grant, TokenLife> lives,
            Clock clock) {
        this.opener = opener;
        this.streams = streams;
        this.controls = controls;
        this.limits = limits;
        this.handler = new FrameHandler(publishing, verifier, limits.dataBytes());
        this.subscriptions = new SubscriptionReader(proxies, "ws", clock);
        this.node = node;
        this.lives = lives;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int opened = Handshake.require(request);
        Object container = request.getServletContext().getAttribute(CONTAINER);
        if (container == null) {
            throw new Problem(
                    HttpServletResponse.SC_NOT_IMPLEMENTED,
                    "This server has no WebSockets. On Jetty, add the module ee10-websocket-jakarta. Streams are"
                            + " at /events.");
        }
        Subscription subscription = subscriptions.read(request);
        boolean caughtUp = Query.of(request).flag("caught-up");
        Grant grant = SubscriptionReader.grant(request);
        opener.open(
                subscription,
                lives.apply(grant),
                subscriber -> new TextFraming(subscriber, events, node, caughtUp),
                this::stream,
                stream -> {
                    stream.begin();
                    Upgrade.perform(
                            container,
                            request,
                            response,
                            endpoint(stream, grant, RefusalLog.of(request.getServletContext())));
                    if (response.getStatus() != opened) {
                        stream.endSubscriber(DisconnectReason.FAILED);
                    }
                });
    }

    private SocketStream stream(FrameSource<List<String>> source) {
        return new SocketStream(
                streams,
                controls,
                new ReplyQueue(limits.waitingFrames(), limits.waitingBytes()),
                new Liveness(limits.heartbeat(), streams.nanoTime()),
                source);
    }

    private SocketEndpoint endpoint(SocketStream stream, Grant grant, @Nullable RefusalLog refusals) {
        var session = new SocketSession(stream.source(), grant, lives);
        var assembler = new FrameAssembler(handler, session, stream, refusals, limits.frameBytes());
        Duration sendLimit = limits.heartbeat().multipliedBy(SEND_LIMIT_HEARTBEATS);
        return new SocketEndpoint(stream, assembler, sendLimit.compareTo(SEND_LIMIT) < 0 ? SEND_LIMIT : sendLimit);
    }
}
