package dev.tidings.http;

import dev.tidings.event.EventFrame;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Hub;
import dev.tidings.hub.LogUnavailableException;
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
import java.util.concurrent.ThreadLocalRandom;

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

    /** Over how many times the retry those are spread who are told to come later, in percent. */
    private static final int SPREAD_PERCENT = 400;

    /** An idle stream on Jetty keeps a buffer of this size; with less, large writes are cut into many. */
    private static final int BUFFER_BYTES = 4 * 1024;

    private final transient Hub hub;
    private final transient Streams streams;
    private final transient Duration heartbeat;
    private final transient Duration retry;
    private final transient SubscriptionReader asked;
    private final transient Clock clock;
    private final transient SharedFrames<byte[]> jsonFrames = new SharedFrames<>(JsonFraming::encode);

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
        this.asked = new SubscriptionReader(proxies, "sse");
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
        Subscription subscription = asked.read(request);
        json(request);
        requireAcceptable(request);
        describe(response, hub.start(subscription.lastEventId()));
        response.flushBuffer();
    }

    private void open(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Subscription subscription = asked.read(request);
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
            Framing<byte[]> framing =
                    json ? new JsonFraming(retry, subscription, jsonFrames) : new EventsFraming(retry);
            stream.open(new Outflow<>(
                    subscriber, framing, SubscriptionReader.grant(request).expires(), heartbeat, clock.instant()));
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
            response.setHeader(SubscriptionReader.LAST_EVENT_ID, utf8AsLatin1(start.lastEventId()));
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

    /** Containers write header values as Latin-1; this way the bytes that leave are the text's UTF-8. */
    private static String utf8AsLatin1(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
