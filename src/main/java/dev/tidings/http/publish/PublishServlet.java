package dev.tidings.http.publish;

import dev.tidings.auth.Grant;
import dev.tidings.auth.UnauthorizedException;
import dev.tidings.event.PublishRequest;
import dev.tidings.http.Authentication;
import dev.tidings.http.Bodies;
import dev.tidings.http.Body;
import dev.tidings.http.ContentType;
import dev.tidings.http.IdempotencyKey;
import dev.tidings.http.JsonAnswer;
import dev.tidings.http.PostedForm;
import dev.tidings.http.Problem;
import dev.tidings.http.Query;
import dev.tidings.http.TokenSource;
import dev.tidings.http.TraceHeader;
import dev.tidings.publish.PublishService;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Publishes the events in requests: {@code POST /msg}, and {@code GET /msg} for a client that has nothing but an
 * address to type.
 *
 * <p>A {@link PublishReader} for each form of request makes the events of it; the {@link PublishService} sees
 * that they are allowed and publishes them. The answer leaves when the log has accepted the events.
 *
 * <p>A {@code GET} publishes only with its token in the header, so that no link, image or prefetched
 * page publishes by itself. {@code HEAD} is refused like any other method: it must have no effect, and
 * an answer without one would claim the opposite.
 *
 * <p><b>Threads.</b> The container's; one is held while the log accepts, and none for a body that is not there.
 */
public final class PublishServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient PublishService publishing;
    private final transient Bodies incoming;
    private final transient PublishReader query;
    private final transient Map<String, PublishReader> bodies;

    /**
     * @param publishing publishes
     * @param incoming reads what is posted
     * @param maxDataBytes the most bytes that the data of one event may have as UTF-8
     */
    public PublishServlet(PublishService publishing, Bodies incoming, int maxDataBytes) {
        this.publishing = publishing;
        this.incoming = incoming;
        this.query = new QueryReader(maxDataBytes);
        this.bodies = Map.of(
                PostedForm.TYPE,
                new FormReader(maxDataBytes),
                "application/json",
                new JsonReader(maxDataBytes),
                "application/x-ndjson",
                new NdjsonReader(maxDataBytes),
                "text/plain",
                new TextReader(maxDataBytes));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod()) {
            case "POST" -> {
                PublishReader reader = readerOfBody(request);
                incoming.receive(
                        request,
                        response,
                        Authentication.of(request).name(),
                        reader.maxBodyBytes(),
                        body -> publish(request, response, reader, body));
            }
            case "GET" -> {
                requireTokenInHeader(request);
                publish(request, response, query, Body.EMPTY);
            }
            default -> throw Problem.methodNotAllowed(request.getMethod(), "GET, POST");
        }
    }

    private void publish(HttpServletRequest request, HttpServletResponse response, PublishReader reader, Body body)
            throws IOException {
        Grant grant = Authentication.of(request).requireGrant();
        Query fields = Query.of(request).without(TokenSource.QUERY_FIELDS);
        List<PublishRequest> requests = reader.read(
                fields, body, TraceHeader.of(request), grant.user(), event -> publishing.check(grant, event));
        byte[] answer = publishing.publish(
                grant,
                () -> IdempotencyKey.of(request),
                requests,
                events -> JsonAnswer.document(reader.answer(events)));
        JsonAnswer.write(response, HttpServletResponse.SC_CREATED, answer);
    }

    private PublishReader readerOfBody(HttpServletRequest request) {
        ContentType type = ContentType.of(request);
        PublishReader reader = bodies.get(type.mediaType());
        if (reader == null) {
            throw type.unsupportedFor("one of "
                    + String.join(", ", bodies.keySet().stream().sorted().toList()));
        }
        type.requireReadable(request);
        return reader;
    }

    private static void requireTokenInHeader(HttpServletRequest request) {
        if (Authentication.of(request).source() != TokenSource.HEADER) {
            throw UnauthorizedException.badToken("GET takes its token only from the header"
                    + " \"Authorization: Bearer <token>\", so that no link publishes by itself.");
        }
    }
}
