package dev.tidings.http.clients;

import dev.tidings.auth.ForbiddenException;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
import dev.tidings.http.Authentication;
import dev.tidings.http.JsonAnswer;
import dev.tidings.http.Problem;
import dev.tidings.http.Query;
import dev.tidings.hub.Client;
import dev.tidings.hub.ClientRegistry;
import dev.tidings.hub.DisconnectReason;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The registry, for operators: {@code GET /clients}, {@code GET /clients/{id}} and
 * {@code DELETE /clients/{id}}.
 *
 * <p>Every resource is a topic: reading needs a subscribe selector, ending a client a publish selector,
 * that matches the path and names it. The list is a JSON array; where there are more, a {@code Link}
 * header leads to the next page, which also a page with long topics may have, however few are on it.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class ClientsServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final Pattern ID = Pattern.compile("urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    /** About how long the topics on a page may be together. */
    private static final long MAX_CHARACTERS = 1 << 20;

    private final transient ClientRegistry clients;

    /** @param clients the clients that are connected */
    public ClientsServlet(ClientRegistry clients) {
        this.clients = clients;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String id = idIn(request);
        switch (request.getMethod()) {
            case "GET", "HEAD" -> {
                require(Authentication.of(request).requireGrant().subscribe(), id);
                if (id == null) {
                    list(request, response);
                } else {
                    JsonAnswer.write(response, HttpServletResponse.SC_OK, ClientJson.of(client(id)));
                }
            }
            case "DELETE" -> {
                if (id == null) {
                    throw Problem.methodNotAllowed("DELETE", "GET, HEAD");
                }
                require(Authentication.of(request).requireGrant().publish(), id);
                if (!clients.end(id, DisconnectReason.DISCONNECTED)) {
                    throw notHere();
                }
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            }
            default ->
                throw Problem.methodNotAllowed(request.getMethod(), id == null ? "GET, HEAD" : "GET, HEAD, DELETE");
        }
    }

    private void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Query query = Query.of(request);
        int limit = limit(query.first("limit"));
        List<Client> found = clients.list(filter(query), after(query.first("after")), limit + 1);
        List<Client> page = page(found, limit);
        if (page.size() < found.size()) {
            response.setHeader(
                    "Link", "<" + next(query, page.get(page.size() - 1).id(), limit) + ">; rel=\"next\"");
        }
        JsonAnswer.write(
                response,
                HttpServletResponse.SC_OK,
                page.stream().map(ClientJson::of).toList());
    }

    /** The first of these, no more than a limit, and one at least: clients choose how long their topics are. */
    private static List<Client> page(List<Client> found, int limit) {
        long characters = 0;
        int count = 0;
        while (count < Math.min(limit, found.size()) && characters < MAX_CHARACTERS) {
            for (TopicSelector topic : found.get(count).topics().selectors()) {
                characters += topic.text().length();
            }
            count++;
        }
        return found.subList(0, count);
    }

    private static Predicate<Client> filter(Query query) {
        String user = query.first("user");
        String topic = query.first("topic");
        return client -> (user == null || user.equals(client.peer().user()))
                && (topic == null || client.topics().matches(topic));
    }

    private static @Nullable String after(@Nullable String text) {
        if (text != null && !ID.matcher(text).matches()) {
            throw new InvalidRequestException("after", "Give the id of a client, as the list has it.");
        }
        return text;
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX_LIMIT) {
            throw new InvalidRequestException("limit", "Give a number from 1 to " + MAX_LIMIT + ".");
        }
        return Integer.parseInt(text);
    }

    private static String next(Query query, String after, int limit) {
        var next = new StringBuilder("?limit=" + limit + "&after=" + encoded(after));
        for (String filter : List.of("user", "topic")) {
            String value = query.first(filter);
            if (value != null) {
                next.append('&').append(filter).append('=').append(encoded(value));
            }
        }
        return next.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The id that the path names, or null for the list. */
    private static @Nullable String idIn(HttpServletRequest request) {
        String path = request.getPathInfo();
        return path == null || path.equals("/") ? null : path.substring(1);
    }

    /** @param id that of a client, or null for all of them */
    private static void require(SelectorSet selectors, @Nullable String id) {
        List<String> topics = id == null ? List.of(ClientTopics.PATH) : ClientTopics.of(id);
        if (topics.stream().noneMatch(topic -> selectors.names(topic, ClientTopics.PATH))) {
            throw new ForbiddenException("no selector of the token begins with " + ClientTopics.PATH + " and matches \""
                    + topics.get(0) + "\"; * does not make an operator");
        }
    }

    private Client client(String id) {
        Client client = clients.find(id);
        if (client == null) {
            throw notHere();
        }
        return client;
    }

    private static Problem notHere() {
        return Problem.notFound("There is no such client; it may have left.");
    }
}
