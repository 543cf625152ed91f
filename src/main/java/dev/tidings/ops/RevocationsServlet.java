package dev.tidings.ops;

import dev.tidings.auth.Revocation;
import dev.tidings.auth.RevocationRequest;
import dev.tidings.auth.RevocationStore;
import dev.tidings.auth.Revocations;
import dev.tidings.auth.TooManyRevocationsException;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.http.Authentication;
import dev.tidings.http.Bodies;
import dev.tidings.http.FlatFields;
import dev.tidings.http.JsonAnswer;
import dev.tidings.http.OperatorGrant;
import dev.tidings.http.OperatorLog;
import dev.tidings.http.Problem;
import dev.tidings.http.Query;
import dev.tidings.http.TokenSource;
import dev.tidings.logging.LogLine;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The revocations of the hub, for operators: {@code POST /hub/revocations} revokes a token or those of a user, {@code GET} lists
 * what is revoked, and {@code DELETE /hub/revocations/{id}} withdraws one. Changing needs a publish selector that matches the
 * address and names it, and reading a subscribe selector.
 *
 * <p>From the answer on such a token is refused on every node, and streams that were opened with it end within a second.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class RevocationsServlet extends HttpServlet {

    public static final String PATH = "/hub/revocations";

    private static final long serialVersionUID = 1;

    private static final String WORD = "/hub";

    private static final int MAX_BODY_BYTES = 8 * 1024;
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private static final String LIMIT = "limit";
    private static final String AFTER = "after";
    private static final String USER = "user";
    private static final String JTI = "jti";
    private static final Set<String> FIELDS = Set.of(LIMIT, AFTER, USER, JTI);

    private final transient Revocations revocations;
    private final transient RevocationStore store;
    private final transient Bodies bodies;
    private final transient Clock clock;

    /**
     * @param revocations those that this node knows, which are those of the hub
     * @param store keeps them
     * @param bodies reads what is posted
     */
    public RevocationsServlet(Revocations revocations, RevocationStore store, Bodies bodies, Clock clock) {
        this.revocations = revocations;
        this.store = store;
        this.bodies = bodies;
        this.clock = clock;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String id = idIn(request);
        switch (request.getMethod()) {
            case "GET", "HEAD" -> {
                requireList(request, id);
                OperatorGrant.requireToRead(Authentication.of(request), topics(id), WORD);
                list(request, response);
            }
            case "POST" -> {
                requireList(request, id);
                OperatorGrant.requireToChange(Authentication.of(request), topics(id), WORD);
                FlatFields.receive(
                        request,
                        response,
                        bodies,
                        "A revocation",
                        Set.of(),
                        MAX_BODY_BYTES,
                        fields -> revoke(Authentication.of(request), response, fields));
            }
            case "DELETE" -> {
                if (id == null) {
                    throw notAllowed(request, null);
                }
                OperatorGrant.requireToChange(Authentication.of(request), topics(id), WORD);
                if (!store.withdraw(id)) {
                    throw Problem.notFound("There is no such revocation; it may have ended.");
                }
                OperatorLog.say(
                        Authentication.of(request),
                        LogLine.of("a revocation is withdrawn").add("revocation", id));
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            }
            default -> throw notAllowed(request, id);
        }
    }

    private void revoke(Authentication operator, HttpServletResponse response, Map<String, List<String>> fields)
            throws IOException {
        var once = new LinkedHashMap<String, String>();
        fields.forEach((name, values) -> once.put(name, values.get(0)));
        try {
            Revocation kept = store.keep(RevocationRequest.read(once, clock.instant()));
            // A user is in other lines as well. A token's own name is not, since some issuers make it a secret.
            OperatorLog.say(
                    operator,
                    LogLine.of("tokens are revoked")
                            .add("revocation", kept.id())
                            .add("of", kept.user()));
            JsonAnswer.write(response, HttpServletResponse.SC_CREATED, json(kept));
        } catch (TooManyRevocationsException full) {
            throw new Problem(503, String.valueOf(full.getMessage()), Map.of("Retry-After", "60"));
        }
    }

    private void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Query query = Query.of(request).without(TokenSource.QUERY_FIELDS);
        query.requireOnly(FIELDS);
        int limit = query.number(LIMIT, 1, MAX_LIMIT, DEFAULT_LIMIT);
        Revocations.Page page = page(query, limit);
        List<Revocation> listed = page.revocations();
        if (page.more()) {
            String last = listed.get(listed.size() - 1).id();
            response.setHeader("Link", "<?limit=" + limit + "&after=" + last + ">; rel=\"next\"");
        }
        JsonAnswer.write(
                response,
                HttpServletResponse.SC_OK,
                listed.stream().map(RevocationsServlet::json).toList());
    }

    /** All of them by pages, or the one of a user or of a token. */
    private Revocations.Page page(Query query, int limit) {
        String user = query.one(USER);
        String jti = query.one(JTI);
        if (user != null && jti != null) {
            throw new InvalidRequestException(JTI, "Give a user or a jti, and not both.");
        }
        if (user == null && jti == null) {
            return revocations.list(query.one(AFTER), limit);
        }
        Revocation one = user == null ? revocations.ofToken(String.valueOf(jti)) : revocations.ofUser(user);
        return new Revocations.Page(one == null ? List.of() : List.of(one), false);
    }

    private static Map<String, Object> json(Revocation revocation) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", revocation.id());
        if (revocation.jti() != null) {
            json.put(JTI, revocation.jti());
        } else {
            json.put(USER, revocation.user());
            json.put("before", String.valueOf(revocation.before()));
        }
        json.put("until", revocation.until().toString());
        return json;
    }

    private static List<String> topics(@Nullable String id) {
        return List.of(id == null ? PATH : PATH + '/' + id);
    }

    private static void requireList(HttpServletRequest request, @Nullable String id) {
        if (id != null) {
            throw notAllowed(request, id);
        }
    }

    private static Problem notAllowed(HttpServletRequest request, @Nullable String id) {
        return Problem.methodNotAllowed(request.getMethod(), id == null ? "GET, HEAD, POST" : "DELETE");
    }

    /** The id that the path names, or null for the list. */
    private static @Nullable String idIn(HttpServletRequest request) {
        String path = request.getPathInfo();
        return path == null || path.equals("/") ? null : path.substring(1);
    }
}
