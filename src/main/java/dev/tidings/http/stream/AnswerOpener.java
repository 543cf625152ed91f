package dev.tidings.http.stream;

import dev.tidings.auth.Grant;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.http.Query;
import dev.tidings.http.ResponseBody;
import dev.tidings.http.SubscriptionReader;
import dev.tidings.http.TimeText;
import dev.tidings.http.proxy.TrustedProxies;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Hub;
import dev.tidings.hub.Subscription;
import dev.tidings.stream.SharedFrames;
import dev.tidings.stream.Streams;
import dev.tidings.stream.TokenLife;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Answers those who read once: {@code GET /events} with {@code Accept: application/json}.
 *
 * <p>An answer is a short stream. It counts in the limits of streams and takes its events the same way, so that it costs what a
 * stream does and gets what a stream gets. It is no client: nobody sees it come and go.
 *
 * <p><b>Threads.</b> The container's; none is held while an answer waits.
 */
public final class AnswerOpener {

    static final String JSON = "application/json";

    private static final String LIMIT = "limit";
    private static final String WAIT = "wait";
    private static final int MAX_EVENTS = 1_000;
    private static final int USUAL_EVENTS = 100;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final Hub hub;
    private final Streams streams;
    private final Duration heartbeat;
    private final SubscriptionReader subscriptions;
    private final Function<Grant, TokenLife> lives;
    private final SharedFrames<byte[]> documents = new SharedFrames<>(AnswerSource::document);

    /**
     * @param streams serves answers that wait
     * @param heartbeat how long a response may be idle
     * @param proxies who may say where a request comes from
     * @param lives how long an answer may wait by the token of a grant
     * @param clock the time of day, from which times ago are reckoned
     */
    public AnswerOpener(
            Hub hub,
            Streams streams,
            Duration heartbeat,
            TrustedProxies proxies,
            Function<Grant, TokenLife> lives,
            Clock clock) {
        this.hub = hub;
        this.streams = streams;
        this.heartbeat = heartbeat;
        this.subscriptions = new SubscriptionReader(proxies, "poll", clock);
        this.lives = lives;
    }

    /**
     * Refuses what a stream does not heed. Whoever asks for it has forgotten the header, and would wait for an end.
     *
     * @throws InvalidRequestException naming the field
     */
    static void refuseFields(Query query) {
        for (String name : List.of(LIMIT, WAIT)) {
            if (query.first(name) != null) {
                throw new InvalidRequestException(
                        name, "It is for reading once. Send it with the header Accept: " + JSON + ", or leave it out.");
            }
        }
    }

    /** Answers what a {@code GET} asks for; a {@code HEAD} hears at once how it would be answered. */
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Query query = Query.of(request);
        Subscription subscription = subscriptions.read(request);
        int limit = query.number(LIMIT, 1, MAX_EVENTS, USUAL_EVENTS);
        Duration wait = TimeText.duration(query, WAIT, LONGEST_WAIT);
        if (request.getMethod().equals("HEAD")) {
            hub.requireRoomFor(subscription.peer(), subscription.topics());
            describe(response);
            response.flushBuffer();
            return;
        }
        Query.forget(request);
        TokenLife life = lives.apply(SubscriptionReader.grant(request));
        StreamOutput out = StreamOutput.ofDocument(request, response);
        EventStream stream = hub.subscribe(subscription, subscriber -> {
            var source = new AnswerSource(subscriber, documents, limit, wait, heartbeat, life, streams.nanoTime());
            AsyncContext async = request.startAsync();
            async.setTimeout(0);
            return new EventStream(async, out, streams, source);
        });
        try {
            describe(response);
            stream.open();
        } catch (Throwable failure) {
            stream.subscriber().end(DisconnectReason.FAILED);
            throw failure;
        }
    }

    private static void describe(HttpServletResponse response) {
        response.setContentType(JSON);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        ResponseBody.forbidSniffing(response);
    }
}
