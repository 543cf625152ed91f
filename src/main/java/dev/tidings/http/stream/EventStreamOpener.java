package dev.tidings.http.stream;

import dev.tidings.auth.Grant;
import dev.tidings.event.EventFrame;
import dev.tidings.http.Query;
import dev.tidings.http.ResponseBody;
import dev.tidings.http.SubscriptionReader;
import dev.tidings.http.proxy.TrustedProxies;
import dev.tidings.hub.DrainingException;
import dev.tidings.hub.Hub;
import dev.tidings.hub.Limit;
import dev.tidings.hub.LimitReachedException;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.StartRequest;
import dev.tidings.hub.StartingPoint;
import dev.tidings.hub.Subscription;
import dev.tidings.stream.FrameSource;
import dev.tidings.stream.Framing;
import dev.tidings.stream.StreamOpener;
import dev.tidings.stream.Streams;
import dev.tidings.stream.TokenLife;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * Opens streams, for every address that has any: an address says which topics are asked for and what the
 * stream looks like ({@link Framing}); all else about a stream is the same everywhere and is done here.
 *
 * <p>The subscriber has its place in the log's order before the first byte leaves: what is published after
 * the headers arrived is delivered. {@code HEAD} is answered the same without opening a stream.
 *
 * <p><b>Threads.</b> The container's; none is held by an open stream.
 */
public final class EventStreamOpener {

    static final String EVENT_STREAM = "text/event-stream";

    /** Clients that are told to come later are spread over so many times the retry, in percent. */
    private static final int SPREAD_PERCENT = 400;

    private final Hub hub;
    private final Streams streams;
    private final StreamOpener opener;
    private final Duration retry;
    private final SubscriptionReader subscriptions;
    private final Function<Grant, TokenLife> lives;

    /**
     * @param opener opens streams
     * @param streams serves those that are open
     * @param retry how long peers are told to wait before they reconnect
     * @param proxies who may say where a request comes from
     * @param lives how long a stream lives by the token of a grant
     * @param clock the time of day, from which times ago are reckoned
     */
    public EventStreamOpener(
            Hub hub,
            StreamOpener opener,
            Streams streams,
            Duration retry,
            TrustedProxies proxies,
            Function<Grant, TokenLife> lives,
            Clock clock) {
        this.hub = hub;
        this.streams = streams;
        this.opener = opener;
        this.retry = retry;
        this.subscriptions = new SubscriptionReader(proxies, "sse", clock);
        this.lives = lives;
    }

    /** How long peers are told to wait before they reconnect. */
    public Duration retry() {
        return retry;
    }

    /** Reads what requests for streams ask for. */
    public SubscriptionReader subscriptions() {
        return subscriptions;
    }

    /** Opens the stream that a {@code GET} asks for; a {@code HEAD} hears what it would be answered. */
    public void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            Subscription subscription,
            Framing<byte[]> framing)
            throws IOException {
        if (request.getMethod().equals("HEAD")) {
            try {
                hub.requireRoomFor(subscription.peer(), subscription.topics());
            } catch (LimitReachedException reached) {
                requireNotOfThisClient(reached);
            } catch (DrainingException ending) {
                // It is asked to come back, with the same answer.
                describe(response);
                response.flushBuffer();
                return;
            }
            describe(response, subscription);
            response.flushBuffer();
        } else {
            open(request, response, subscription, framing);
        }
    }

    private void open(
            HttpServletRequest request,
            HttpServletResponse response,
            Subscription subscription,
            Framing<byte[]> framing)
            throws IOException {
        Query.forget(request);
        TokenLife life = lives.apply(SubscriptionReader.grant(request));
        StreamOutput out = StreamOutput.of(request, response);
        try {
            opener.open(subscription, life, subscriber -> framing, source -> stream(request, out, source), stream -> {
                describe(response, stream.subscriber().start());
                stream.open();
            });
        } catch (LogUnavailableException | DrainingException notNow) {
            postpone(response);
        } catch (LimitReachedException reached) {
            requireNotOfThisClient(reached);
            postpone(response);
        }
    }

    /** A hub that is full or busy is no fault of the one client, which is asked to come later. */
    private static void requireNotOfThisClient(LimitReachedException reached) {
        if (reached.limit() != Limit.STREAMS && reached.limit() != Limit.STARTS) {
            throw reached;
        }
    }

    private EventStream stream(HttpServletRequest request, StreamOutput out, FrameSource<byte[]> source) {
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        return new EventStream(async, out, streams, source);
    }

    private void describe(HttpServletResponse response, Subscription subscription) {
        try {
            if (subscription.start() instanceof StartRequest.After after) {
                describe(response, hub.start(after.lastEventId()));
            } else {
                describe(response);
            }
        } catch (LogUnavailableException down) {
            describe(response);
        }
    }

    /** Answers that the peer should come again later. Not with an error, after which an EventSource never would. */
    private void postpone(HttpServletResponse response) throws IOException {
        describe(response);
        long later = retry.toMillis() * (100 + ThreadLocalRandom.current().nextLong(SPREAD_PERCENT)) / 100;
        response.getOutputStream().write(EventFrame.withoutData(later, null));
        response.getOutputStream().flush();
    }

    private static void describe(HttpServletResponse response, StartingPoint start) {
        describe(response);
        if (start.lastEventId() != null) {
            response.setHeader(SubscriptionReader.LAST_EVENT_ID, utf8AsLatin1(start.lastEventId()));
        }
    }

    private static void describe(HttpServletResponse response) {
        response.setContentType(EVENT_STREAM + ";charset=utf-8");
        response.setHeader("Cache-Control", "no-cache, no-transform, private");
        response.setHeader("X-Accel-Buffering", "no");
        ResponseBody.forbidSniffing(response);
    }

    /** Containers write header values as Latin-1; this way the bytes that leave are the text's UTF-8. */
    private static String utf8AsLatin1(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
