package dev.tidings.http;

import static java.util.Objects.requireNonNull;

import dev.tidings.auth.Grant;
import dev.tidings.auth.PublishGuard;
import dev.tidings.auth.UnauthorizedException;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.Hub;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Publishes what requests say: {@code POST /msg}, and {@code GET /msg} for whoever has nothing but an
 * address to type.
 *
 * <p>A {@link PublishReader} for each form of request makes the events of it; that they are allowed and
 * published is decided here, for all of them. The answer leaves when the log has accepted the events.
 *
 * <p>A {@code GET} publishes only with its token in the header, so that no link, image or prefetched
 * page publishes by itself. {@code HEAD} is refused like any other method: it must have no effect, and
 * an answer without one would claim the opposite.
 *
 * <p><b>Threads.</b> The container's; one is held while the log accepts.
 */
public final class PublishServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient Hub hub;
    private final transient PublishGuard guard;
    private final transient IdempotencyKeys keys;
    private final transient PublishReader query;
    private final transient Map<String, PublishReader> bodies;

    /**
     * @param guard decides whether a grant may publish
     * @param maxDataBytes the most bytes that the data of one event may have as UTF-8
     * @param clock the time by which idempotency keys are forgotten
     */
    public PublishServlet(Hub hub, PublishGuard guard, int maxDataBytes, Clock clock) {
        this.hub = hub;
        this.guard = guard;
        this.keys = new IdempotencyKeys(clock);
        this.query = new QueryReader(maxDataBytes);
        this.bodies = Map.of(
                "application/x-www-form-urlencoded", new FormReader(maxDataBytes),
                "application/json", new JsonReader(maxDataBytes),
                "application/x-ndjson", new NdjsonReader(maxDataBytes, hub::check),
                "text/plain", new TextReader(maxDataBytes));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod()) {
            case "POST" -> publish(request, response, readerOfBody(request));
            case "GET" -> {
                requireTokenInHeader(request);
                publish(request, response, query);
            }
            default -> throw Problem.methodNotAllowed(request.getMethod(), "GET, POST");
        }
    }

    private void publish(HttpServletRequest request, HttpServletResponse response, PublishReader reader)
            throws IOException {
        Grant grant = requireNonNull(AuthFilter.grant(request), "an AuthFilter that lets nobody in without a token");
        Query fields = Query.of(request).without(TokenPlace.QUERY_FIELDS);
        List<PublishRequest> requests = reader.read(fields, new Body(request), grant.user());
        for (PublishRequest event : requests) {
            guard.check(grant, event);
        }
        byte[] answer = keys.once(request, requests, () -> JsonAnswer.document(reader.answer(hub.publish(requests))));
        JsonAnswer.write(response, HttpServletResponse.SC_CREATED, answer);
    }

    private PublishReader readerOfBody(HttpServletRequest request) {
        ContentType type = ContentType.of(request);
        PublishReader reader = bodies.get(type.mediaType());
        if (reader == null) {
            throw unsupported("The content type \"" + type.mediaType() + "\" is not read here; these are: "
                    + String.join(", ", bodies.keySet().stream().sorted().toList()) + ".");
        }
        if (!type.isUtf8()) {
            throw unsupported("The charset \"" + type.charset() + "\" is not read here; use utf-8.");
        }
        if (request.getHeader("Content-Encoding") != null) {
            throw unsupported("Bodies with a Content-Encoding are not read here; leave it as it is.");
        }
        return reader;
    }

    private static Problem unsupported(String detail) {
        return new Problem(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, detail);
    }

    private static void requireTokenInHeader(HttpServletRequest request) {
        if (AuthFilter.tokenPlace(request) != TokenPlace.HEADER) {
            throw UnauthorizedException.badToken("GET takes its token only from the header"
                    + " \"Authorization: Bearer <token>\", so that no link publishes by itself.");
        }
    }
}
