package dev.tidings.http;

import dev.tidings.auth.Grant;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.Topic;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
import dev.tidings.http.proxy.TrustedProxies;
import dev.tidings.hub.Peer;
import dev.tidings.hub.StartRequest;
import dev.tidings.hub.Subscription;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a request for a stream its topics, where it resumes, and its peer.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class SubscriptionReader {

    public static final String LAST_EVENT_ID = "Last-Event-ID";

    /** Mercure's, the older drafts' and the newer one's, in lower case: clients write them in any. */
    private static final Set<String> LAST_EVENT_ID_FIELDS = Set.of("lasteventid", "last-event-id", "last_event_id");

    private static final int MAX_SELECTORS = 100;

    /** How many of the newest events a stream may begin with. */
    private static final int MOST_LAST = 1_000;

    private final TrustedProxies proxies;
    private final String transport;
    private final Clock clock;

    /**
     * @param proxies who may say where a request comes from
     * @param transport how its peers are connected, as {@link Peer#transport} has it
     * @param clock tells what is so long ago
     */
    public SubscriptionReader(TrustedProxies proxies, String transport, Clock clock) {
        this.proxies = proxies;
        this.transport = transport;
        this.clock = clock;
    }

    /**
     * The grant of this request's token, or that of an anonymous stream when a filter has let the request in without
     * a token.
     */
    public static Grant grant(HttpServletRequest request) {
        Grant grant = Authentication.of(request).grant();
        return grant == null ? Grant.anonymous() : grant;
    }

    /**
     * Refuses more topics than one stream may ask for.
     *
     * @throws InvalidRequestException if these are more topics
     */
    public static void requireFew(List<?> topics) {
        requireFew(topics, MAX_SELECTORS);
    }

    private static void requireFew(List<?> topics, int max) {
        if (topics.size() > max) {
            throw new InvalidRequestException(
                    "topic", "A stream takes at most " + max + " topics here, this has " + topics.size() + ".");
        }
    }

    /**
     * The selectors in the query's fields {@code topic}; empty where there are none.
     *
     * @throws InvalidRequestException when there are more than {@code max}, or one is none
     */
    public static SelectorSet topics(Query query, int max) {
        List<String> asked = query.all("topic");
        requireFew(asked, max);
        return SelectorSet.of(asked.stream().map(TopicSelector::of).toList());
    }

    /**
     * The subscription that this request asks for: its topics, or its user's inbox if it names none, and where it begins.
     *
     * @throws InvalidRequestException naming the field that is at fault
     */
    public Subscription read(HttpServletRequest request) {
        SelectorSet asked = topics(Query.of(request), MAX_SELECTORS);
        StartRequest start = start(Query.of(request));
        String lastEventId = lastEventId(request);
        return read(
                request,
                asked.isEmpty() ? inbox(grant(request)) : asked,
                lastEventId == null ? start : StartRequest.after(lastEventId));
    }

    /** The subscription of this request to these topics, which begins after its last event id, or now. */
    public Subscription read(HttpServletRequest request, SelectorSet topics) {
        return read(request, topics, StartRequest.after(lastEventId(request)));
    }

    private Subscription read(HttpServletRequest request, SelectorSet topics, StartRequest start) {
        Grant grant = grant(request);
        grant.requireMayAskFor(topics);
        return new Subscription(topics, grant.subscribe(), peer(request, grant), start);
    }

    private StartRequest start(Query query) {
        String since = query.one("since");
        int last = query.number("last", 1, MOST_LAST, 0);
        boolean latest = query.flag("latest");
        boolean isSince = since != null && !since.isEmpty();
        if ((isSince ? 1 : 0) + (last > 0 ? 1 : 0) + (latest ? 1 : 0) > 1) {
            throw new InvalidRequestException(
                    isSince ? "since" : "latest", "Give one of since, last and latest, or leave them all out.");
        }
        if (since != null && isSince) {
            return new StartRequest.Since(TimeText.since("since", since, clock));
        }
        if (last > 0) {
            return new StartRequest.Last(last);
        }
        return latest ? new StartRequest.Latest() : StartRequest.NOW;
    }

    private Peer peer(HttpServletRequest request, Grant grant) {
        String userAgent = request.getHeader("User-Agent");
        String address = proxies.original(request).address();
        return new Peer(
                grant.user(),
                Authentication.of(request).grant() == null
                        ? "address " + address
                        : Authentication.of(request).name(),
                address,
                userAgent == null ? "" : userAgent,
                transport,
                grant.payload());
    }

    private static SelectorSet inbox(Grant grant) {
        if (grant.user() == null) {
            throw new InvalidRequestException(
                    "topic",
                    "Only a token that names a user has an inbox. Send such a token, or name the topics: ?topic=/all");
        }
        return SelectorSet.of(List.of(TopicSelector.of(Topic.ofUser(grant.user())), TopicSelector.of("/all")));
    }

    private static @Nullable String lastEventId(HttpServletRequest request) {
        String header = request.getHeader(LAST_EVENT_ID);
        if (header != null && !header.isEmpty()) {
            return new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
        String asked = null;
        for (Query.Pair pair : Query.of(request)) {
            // The last counts: a polyfill adds its own when it reconnects, to an address that may still say where it
            // first began.
            if (!pair.value().isEmpty()
                    && LAST_EVENT_ID_FIELDS.contains(pair.name().toLowerCase(Locale.ROOT))) {
                asked = pair.value();
            }
        }
        return asked;
    }
}
