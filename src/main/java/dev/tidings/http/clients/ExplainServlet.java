package dev.tidings.http.clients;

import dev.tidings.auth.Revocation;
import dev.tidings.auth.Revocations;
import dev.tidings.event.Event;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.PublishFields;
import dev.tidings.event.Topic;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.http.Authentication;
import dev.tidings.http.JsonAnswer;
import dev.tidings.http.JsonMembers;
import dev.tidings.http.Methods;
import dev.tidings.http.OperatorGrant;
import dev.tidings.http.Problem;
import dev.tidings.http.Query;
import dev.tidings.http.TokenSource;
import dev.tidings.hub.ClientRegistry;
import dev.tidings.hub.ExplainedEvent;
import dev.tidings.hub.Explanation;
import dev.tidings.hub.Hub;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers the question of every support desk: why did a user get an event, or not? {@code GET /hub/explain?user=&id=} is about a
 * stored event, and {@code ?user=&topic=&private=} about one that might be published. Reading needs a subscribe selector that
 * matches this address and names it.
 *
 * <p>For each open stream of the user, on whichever node, it says what became of the event, by which selectors, and the same as a
 * sentence. If the user has no open stream, it says what a token could read that names the user and nothing else. It never says
 * the event's data.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class ExplainServlet extends HttpServlet {

    public static final String PATH = "/hub/explain";

    private static final long serialVersionUID = 1;

    private static final String WORD = "/hub";
    private static final String USER = "user";
    private static final String ID = "id";
    private static final String TOPIC = "topic";
    private static final String PRIVATE = "private";
    private static final Set<String> FIELDS = Set.of(USER, ID, TOPIC, PRIVATE, PageQuery.AFTER, PageQuery.LIMIT);

    private final transient Hub hub;
    private final transient ClientRegistry clients;
    private final transient Function<String, SelectorSet> defaultGrant;
    private final transient Revocations revocations;

    /**
     * @param hub has the events
     * @param clients the clients of all nodes
     * @param defaultGrant what a token may read that names this user and nothing else
     * @param revocations tell which tokens of the user are good no more
     */
    public ExplainServlet(
            Hub hub, ClientRegistry clients, Function<String, SelectorSet> defaultGrant, Revocations revocations) {
        this.hub = hub;
        this.clients = clients;
        this.defaultGrant = defaultGrant;
        this.revocations = revocations;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Methods.requireRead(request);
        OperatorGrant.requireToRead(Authentication.of(request), List.of(PATH), WORD);
        Query asked = Query.of(request).without(TokenSource.QUERY_FIELDS);
        asked.requireOnly(FIELDS);
        String user = one(asked, USER);
        if (user == null) {
            throw new InvalidRequestException(USER, "It is missing; say who got the event, or did not.");
        }
        int limit = PageQuery.limit(asked);
        String after = PageQuery.after(asked);
        var answer = new LinkedHashMap<String, Object>();
        ExplainedEvent event = event(asked, answer);
        Explanation.Page page = clients.explain(event, user, after, limit);
        answer.put(USER, user);
        String revokedBefore = revokedBefore(user);
        answer.put("revokedBefore", revokedBefore);
        answer.put(
                "streams",
                page.explanations().stream().map(ExplainServlet::json).toList());
        if (page.explanations().isEmpty() && after == null) {
            answer.put("withoutStream", withoutStream(event, user, revokedBefore));
        }
        if (page.more()) {
            List<Explanation> all = page.explanations();
            response.setHeader("Link", "<" + next(asked, all.get(all.size() - 1).client(), limit) + ">; rel=\"next\"");
        }
        JsonAnswer.write(response, HttpServletResponse.SC_OK, answer);
    }

    /** The event that is asked about, which is put into the answer. */
    private ExplainedEvent event(Query asked, Map<String, Object> answer) {
        String id = one(asked, ID);
        if ((id == null) == asked.all(TOPIC).isEmpty()) {
            throw new InvalidRequestException(
                    ID, "Give the id of an event, or the topic of one that might be published, and not both.");
        }
        if (id == null) {
            var fields = new PublishFields();
            asked.all(TOPIC).forEach(topic -> fields.add(TOPIC, topic));
            asked.all(PRIVATE).forEach(value -> fields.add(PRIVATE, value));
            ExplainedEvent event = ExplainedEvent.of(fields.build(null, Integer.MAX_VALUE));
            answer.put("event", json(null, event, null));
            return event;
        }
        if (!asked.all(PRIVATE).isEmpty()) {
            throw new InvalidRequestException(PRIVATE, "The event with this id is private or not; leave it out.");
        }
        Event stored = hub.find(id);
        if (stored == null) {
            throw Problem.notFound("No event that is stored has this id: it is unknown, forgotten or erased.");
        }
        ExplainedEvent event = ExplainedEvent.of(stored);
        answer.put("event", json(stored.id(), event, JsonMembers.time(stored)));
        return event;
    }

    private static Map<String, Object> json(@Nullable String id, ExplainedEvent event, @Nullable String time) {
        var json = new LinkedHashMap<String, Object>();
        json.put(ID, id);
        json.put("topics", event.topics());
        json.put(PRIVATE, event.isPrivate());
        json.put("time", time);
        event.topics().stream()
                .map(Topic::inboxAdvice)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(advice -> json.put("hint", advice));
        return json;
    }

    private static Map<String, Object> json(Explanation stream) {
        var json = new LinkedHashMap<String, Object>();
        json.put("client", stream.client());
        json.put("connectedAt", JsonMembers.time(stream.connectedAt()));
        json.put("node", stream.node());
        json.put("asked", stream.asked());
        json.put("granted", stream.granted());
        json.put("verdict", stream.verdict().toString());
        json.put("before", stream.before());
        json.put("why", stream.why());
        return json;
    }

    private Map<String, Object> withoutStream(ExplainedEvent event, String user, @Nullable String revokedBefore) {
        SelectorSet granted = defaultGrant.apply(user);
        List<String> matching = granted.selectors().stream()
                .filter(selector -> event.topics().stream().anyMatch(selector::matches))
                .map(Object::toString)
                .toList();
        boolean readable = !event.isPrivate() || granted.coversAny(event.topics());
        var json = new LinkedHashMap<String, Object>();
        json.put("subscribe", granted.selectors().stream().map(Object::toString).toList());
        json.put("granted", matching);
        json.put("readable", readable);
        String inbox = Topic.ofUser(user);
        json.put(
                "why",
                "The user has no open stream. A token that names the user and nothing else "
                        + (readable ? "may" : "may not") + " read this event"
                        + (readable
                                        && event.topics().stream()
                                                .noneMatch(topic -> topic.equals(inbox) || topic.equals("/all"))
                                ? ", if the stream asks for one of its topics."
                                : ".")
                        + (revokedBefore == null
                                ? ""
                                : " It has to be issued at " + revokedBefore + " or later: older ones are revoked."));
        return json;
    }

    /** When a token of the user has to be issued at the earliest; null if none is revoked for its time. */
    private @Nullable String revokedBefore(String user) {
        Revocation revoked = revocations.ofUser(user);
        Instant before = revoked == null ? null : revoked.before();
        return before == null ? null : JsonMembers.time(before);
    }

    private static @Nullable String one(Query asked, String name) {
        List<String> given = asked.all(name);
        if (given.size() > 1 || given.contains("")) {
            throw new InvalidRequestException(name, "Give one.");
        }
        return given.isEmpty() ? null : given.get(0);
    }

    private static String next(Query asked, String after, int limit) {
        var next =
                new StringBuilder("?" + PageQuery.LIMIT + '=' + limit + '&' + PageQuery.AFTER + '=' + encoded(after));
        for (Query.Pair pair : asked) {
            if (!pair.name().equals(PageQuery.AFTER) && !pair.name().equals(PageQuery.LIMIT)) {
                next.append('&').append(pair.name()).append('=').append(encoded(pair.value()));
            }
        }
        return next.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
