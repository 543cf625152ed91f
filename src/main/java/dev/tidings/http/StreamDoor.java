package dev.tidings.http;

import dev.tidings.auth.Grant;
import dev.tidings.event.EventFrame;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.SelectorSet;
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
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Opens streams, for every address that has any: an address says which topics are asked for and what the
 * stream looks like ({@link Framing}); all else about a stream is the same everywhere and is done here.
 *
 * <p>The subscriber has its place in the log's order before the first byte leaves: what is published after
 * the headers arrived is delivered. {@code HEAD} is answered the same without opening a stream.
 *
 * <p><b>Threads.</b> The container's; none is held by an open stream.
 */
public final class StreamDoor {

    static final String EVENT_STREAM = "text/event-stream";

    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final String TRANSPORT = "sse";
    /** Over how many times the retry those are spread who are told to come later, in percent. */
    private static final int SPREAD_PERCENT = 400;

    /** An idle stream on Jetty keeps a buffer of this size; with less, large writes are cut into many. */
    private static final int BUFFER_BYTES = 4 * 1024;

    private final Hub hub;
    private final Streams streams;
    private final Duration heartbeat;
    private final Duration retry;
    private final TrustedProxies proxies;
    private final Clock clock;

    /**
     * @param heartbeat how long a stream may be idle
     * @param retry how long peers are told to wait before they reconnect
     * @param proxies who may say where a request comes from
     */
    public StreamDoor(
            Hub hub, Streams streams, Duration heartbeat, Duration retry, TrustedProxies proxies, Clock clock) {
        this.hub = hub;
        this.streams = streams;
        this.heartbeat = heartbeat;
        this.retry = retry;
        this.proxies = proxies;
        this.clock = clock;
    }

    /** How long peers are told to wait before they reconnect. */
    public Duration retry() {
        return retry;
    }

    /**
     * The selectors in the query's fields {@code topic}; empty where there are none.
     *
     * @throws InvalidRequestException when there are more than {@code max}, or one is none
     */
    public static SelectorSet topics(Query query, int max) {
        List<String> asked = query.all("topic");
        if (asked.size() > max) {
            throw new InvalidRequestException(
                    "topic", "A stream takes at most " + max + " topics here, this has " + asked.size() + ".");
        }
        return SelectorSet.of(asked.stream().map(TopicSelector::of).toList());
    }

    /** What this request subscribes to when it asks for these topics. */
    public Subscription subscription(HttpServletRequest request, SelectorSet topics) {
        Grant grant = grant(request);
        return new Subscription(topics, grant.subscribe(), peer(request, grant), lastEventId(request));
    }

    /** Opens the stream that a {@code GET} asks for; a {@code HEAD} hears what it would be answered. */
    public void answer(
            HttpServletRequest request, HttpServletResponse response, Subscription subscription, Framing framing)
            throws IOException {
        if (request.getMethod().equals("HEAD")) {
            describe(response, hub.start(subscription.lastEventId()));
            response.flushBuffer();
        } else {
            open(request, response, subscription, framing);
        }
    }

    private void open(
            HttpServletRequest request, HttpServletResponse response, Subscription subscription, Framing framing)
            throws IOException {
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

    private Peer peer(HttpServletRequest request, Grant grant) {
        String userAgent = request.getHeader("User-Agent");
        return new Peer(
                grant.user(),
                proxies.sender(request).address(),
                userAgent == null ? "" : userAgent,
                TRANSPORT,
                grant.payload());
    }

    /** What this request's token allows; public events where it came without one. */
    static Grant grant(HttpServletRequest request) {
        Grant grant = AuthFilter.grant(request);
        return grant == null ? Grant.anonymous() : grant;
    }

    private static @Nullable String lastEventId(HttpServletRequest request) {
        String header = request.getHeader(LAST_EVENT_ID);
        if (header != null && !header.isEmpty()) {
            return new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
        Query query = Query.of(request);
        // A polyfill adds this when it reconnects, to an address that may still say where it first began.
        String asked = query.first("lastEventId");
        if (asked == null) {
            asked = query.first("lastEventID");
        }
        return asked == null || asked.isEmpty() ? null : asked;
    }

    /** Containers write header values as Latin-1; this way the bytes that leave are the text's UTF-8. */
    private static String utf8AsLatin1(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
