package dev.tidings.http;

import dev.tidings.auth.Grant;
import dev.tidings.event.EventFrame;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.SelectorSet;
import dev.tidings.event.Topic;
import dev.tidings.event.TopicSelector;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Hub;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.Peer;
import dev.tidings.hub.Start;
import dev.tidings.hub.Subscriber;
import dev.tidings.hub.Subscription;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Opens streams: {@code GET /events}.
 *
 * <p>Everything that can be refused is refused before the request goes asynchronous, and the subscriber
 * has its place in the log's order before the first byte leaves: what is published after the headers
 * arrived is delivered. {@code HEAD} answers the same without opening one.
 *
 * <p><b>Threads.</b> The container's; none is held by an open stream.
 */
public final class StreamServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final String EVENT_STREAM = "text/event-stream";
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final String TRANSPORT = "sse";
    /** Over how many times the retry those are spread who are told to come later, in percent. */
    private static final int SPREAD_PERCENT = 400;

    private static final int MAX_SELECTORS = 100;

    /** An idle stream on Jetty keeps a buffer of this size; with less, large writes are cut into many. */
    private static final int BUFFER_BYTES = 4 * 1024;

    private final transient Hub hub;
    private final transient Streams streams;
    private final transient Duration heartbeat;
    private final transient Duration retry;
    private final transient TrustedProxies proxies;
    private final transient Clock clock;
    private final transient JsonFrames jsonFrames = new JsonFrames();

    /**
     * @param heartbeat how long a stream may be idle
     * @param retry how long peers are told to wait before they reconnect
     * @param proxies who may say where a request comes from
     */
    public StreamServlet(
            Hub hub, Streams streams, Duration heartbeat, Duration retry, TrustedProxies proxies, Clock clock) {
        this.hub = hub;
        this.streams = streams;
        this.heartbeat = heartbeat;
        this.retry = retry;
        this.proxies = proxies;
        this.clock = clock;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod()) {
            case "GET" -> open(request, response);
            case "HEAD" -> describe(request, response);
            default -> throw Problem.methodNotAllowed(request.getMethod(), "GET, HEAD");
        }
    }

    /** Answers what {@link #open} would, and opens nothing. */
    private void describe(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Subscription subscription = subscription(request);
        json(request);
        requireAcceptable(request);
        describe(response, hub.start(subscription.lastEventId()));
        response.flushBuffer();
    }

    private void open(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Subscription subscription = subscription(request);
        boolean json = json(request);
        requireAcceptable(request);

        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        ServletOutputStream out = response.getOutputStream();
        var stream = new EventStream(async, out, streams);
        Subscriber subscriber;
        try {
            subscriber = hub.subscribe(subscription, stream);
        } catch (LogUnavailableException down) {
            postpone(response);
            async.complete();
            return;
        }
        try {
            describe(response, subscriber.start());
            Framing framing = json ? new JsonFraming(retry, subscription, jsonFrames) : new EventsFraming(retry);
            stream.open(new Outflow(subscriber, framing, grant(request).expires(), heartbeat, clock.instant()));
        } catch (Throwable failure) {
            subscriber.end(DisconnectReason.FAILED);
            throw failure;
        }
    }

    /** Answers that the peer should come again later. Not with an error, after which an EventSource never would. */
    private void postpone(HttpServletResponse response) throws IOException {
        describe(response);
        long later = retry.toMillis() * (100 + ThreadLocalRandom.current().nextLong(SPREAD_PERCENT)) / 100;
        response.getOutputStream().write(EventFrame.comment(""));
        response.getOutputStream().write(EventFrame.retry(later));
        response.getOutputStream().flush();
    }

    private static void describe(HttpServletResponse response, Start start) {
        describe(response);
        if (start.lastEventId() != null) {
            response.setHeader(LAST_EVENT_ID, utf8AsLatin1(start.lastEventId()));
        }
    }

    private static void describe(HttpServletResponse response) {
        response.setBufferSize(BUFFER_BYTES);
        response.setContentType(EVENT_STREAM + ";charset=utf-8");
        response.setHeader("Cache-Control", "no-cache, no-transform, private");
        response.setHeader("X-Accel-Buffering", "no");
        response.setHeader("X-Content-Type-Options", "nosniff");
    }

    private static void requireAcceptable(HttpServletRequest request) {
        if (!Accept.allows(request, EVENT_STREAM)) {
            throw new Problem(
                    HttpServletResponse.SC_NOT_ACCEPTABLE,
                    "This is a " + EVENT_STREAM + "; the request's Accept header excludes it.");
        }
    }

    private Subscription subscription(HttpServletRequest request) {
        Query query = Query.of(request);
        Grant grant = grant(request);
        return new Subscription(
                topics(query, grant), grant.subscribe(), peer(request, grant), lastEventId(request, query));
    }

    private Peer peer(HttpServletRequest request, Grant grant) {
        String userAgent = request.getHeader("User-Agent");
        return new Peer(grant.user(), proxies.sender(request).address(), userAgent == null ? "" : userAgent, TRANSPORT);
    }

    private static Grant grant(HttpServletRequest request) {
        Grant grant = AuthFilter.grant(request);
        return grant == null ? Grant.anonymous() : grant;
    }

    private static SelectorSet topics(Query query, Grant grant) {
        List<String> asked = query.all("topic");
        if (asked.size() > MAX_SELECTORS) {
            throw new InvalidRequestException(
                    "topic", "A stream takes at most " + MAX_SELECTORS + " topics, this has " + asked.size() + ".");
        }
        var selectors = new ArrayList<TopicSelector>();
        for (String topic : asked) {
            selectors.add(TopicSelector.of(topic));
        }
        if (asked.isEmpty()) {
            selectors.addAll(inbox(grant));
        }
        return SelectorSet.of(selectors);
    }

    private static List<TopicSelector> inbox(Grant grant) {
        if (grant.user() == null) {
            throw new InvalidRequestException(
                    "topic", "There is no token that names a user, so there is no inbox; name the topics: ?topic=/all");
        }
        return List.of(TopicSelector.of(Topic.ofUser(grant.user())), TopicSelector.of("/all"));
    }

    private static boolean json(HttpServletRequest request) {
        String frame = Query.of(request).first("frame");
        if (frame == null || frame.isEmpty()) {
            return false;
        }
        if (!frame.equals("json")) {
            throw new InvalidRequestException("frame", "The one other form of frames is frame=json.");
        }
        return true;
    }

    private static @Nullable String lastEventId(HttpServletRequest request, Query query) {
        String header = request.getHeader(LAST_EVENT_ID);
        if (header != null && !header.isEmpty()) {
            return new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
        String asked = query.first("lastEventID");
        if (asked == null) {
            asked = query.first("lastEventId");
        }
        return asked == null || asked.isEmpty() ? null : asked;
    }

    /** Containers write header values as Latin-1; this way the bytes that leave are the text's UTF-8. */
    private static String utf8AsLatin1(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
