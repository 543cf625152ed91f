package dev.tidings.http.clients;

import dev.tidings.event.InvalidRequestException;
import dev.tidings.http.Authentication;
import dev.tidings.http.JsonAnswer;
import dev.tidings.http.OperatorGrant;
import dev.tidings.http.OperatorLog;
import dev.tidings.http.Problem;
import dev.tidings.http.Query;
import dev.tidings.http.TokenSource;
import dev.tidings.hub.Client;
import dev.tidings.hub.ClientFilter;
import dev.tidings.hub.ClientPage;
import dev.tidings.hub.ClientRegistry;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.logging.LogLine;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The registry, for operators: {@code GET} lists clients at {@code /clients} and describes one at {@code /clients/{id}}.
 * {@code DELETE} ends one there, or those of one user at {@code /clients?user=}.
 *
 * <p>Every resource is a topic: reading needs a subscribe selector, ending clients a publish selector,
 * that matches the path and names it. The list is a JSON array; where there are more, a {@code Link}
 * header leads to the next page, which also a page with long topics may have, however few are on it.
 *
 * <p>Ending many takes one parameter, which is the user, and no other. Whoever misspells a filter, or forgets it, must not
 * end more clients than was meant.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class ClientsServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final String METHODS = "GET, HEAD, DELETE";
    private static final String USER = "user";
    private static final String TOPIC = "topic";
    private static final String NODE = "node";

    private final transient ClientRegistry clients;

    /** @param clients the clients of all nodes */
    public ClientsServlet(ClientRegistry clients) {
        this.clients = clients;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String id = idIn(request);
        switch (request.getMethod()) {
            case "GET", "HEAD" -> {
                OperatorGrant.requireToRead(Authentication.of(request), topics(id), ClientTopics.PATH);
                if (id == null) {
                    list(request, response);
                } else {
                    JsonAnswer.write(response, HttpServletResponse.SC_OK, ClientJson.of(client(id)));
                }
            }
            case "DELETE" -> {
                Authentication operator = Authentication.of(request);
                OperatorGrant.requireToChange(operator, topics(id), ClientTopics.PATH);
                if (id == null) {
                    endAll(operator, request, response);
                } else if (clients.end(id, DisconnectReason.DISCONNECTED)) {
                    OperatorLog.say(operator, LogLine.of("a client is ended").add("client", id));
                    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
                } else {
                    throw notHere();
                }
            }
            default -> throw Problem.methodNotAllowed(request.getMethod(), METHODS);
        }
    }

    private void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Query query = Query.of(request);
        int limit = PageQuery.limit(query);
        var filter = new ClientFilter(query.first(USER), query.first(TOPIC), query.first(NODE));
        ClientPage page = clients.list(filter, PageQuery.after(query), limit);
        if (page.more()) {
            List<Client> listed = page.clients();
            String last = listed.get(listed.size() - 1).id();
            response.setHeader("Link", "<" + next(query, last, limit) + ">; rel=\"next\"");
        }
        JsonAnswer.write(
                response,
                HttpServletResponse.SC_OK,
                page.clients().stream().map(ClientJson::of).toList());
    }

    private void endAll(Authentication operator, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String user = userToEnd(request);
        int ended = clients.endAll(ClientFilter.ofUser(user), DisconnectReason.DISCONNECTED);
        OperatorLog.say(
                operator,
                LogLine.of("the clients of a user are ended").add(USER, user).add("ended", ended));
        JsonAnswer.write(response, HttpServletResponse.SC_OK, Map.of("ended", ended));
    }

    /** The one user that the query names. */
    private static String userToEnd(HttpServletRequest request) {
        Query asked = Query.of(request).without(TokenSource.QUERY_FIELDS);
        for (Query.Pair pair : asked) {
            if (!pair.name().equals(USER)) {
                throw new InvalidRequestException(
                        pair.name(), "It cannot choose which clients are ended; give user and nothing else.");
            }
        }
        List<String> users = asked.all(USER);
        if (users.size() != 1 || users.get(0).isEmpty()) {
            throw new InvalidRequestException(
                    USER, "Give one user, whose clients are all ended. To end one client, give its id in the path.");
        }
        return users.get(0);
    }

    private static String next(Query query, String after, int limit) {
        var next = new StringBuilder("?limit=" + limit + "&after=" + encoded(after));
        for (String filter : List.of(USER, TOPIC, NODE)) {
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
    private static List<String> topics(@Nullable String id) {
        return id == null ? List.of(ClientTopics.PATH) : ClientTopics.of(id);
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
