package dev.tidings.mercure;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.auth.ForbiddenException;
import dev.tidings.event.PublishRequest;
import dev.tidings.http.Authentication;
import dev.tidings.http.Bodies;
import dev.tidings.http.IdempotencyKey;
import dev.tidings.http.PostedForm;
import dev.tidings.http.Problem;
import dev.tidings.http.Query;
import dev.tidings.http.ResponseBody;
import dev.tidings.http.TraceHeader;
import dev.tidings.http.stream.EventStreamOpener;
import dev.tidings.hub.Subscription;
import dev.tidings.publish.PublishService;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * The hub of the Mercure protocol: {@code GET} and {@code HEAD} subscribe, {@code POST} publishes.
 *
 * <p>The answer to a publish is the event's id and nothing else. It leaves when the log has accepted the event.
 *
 * <p><b>Threads.</b> The container's; none is held by an open stream or for a body that is not there, one while the
 * log accepts.
 */
public final class MercureServlet extends HttpServlet {

    /** Where the protocol has its hub, below the context path; topics of its own begin with it. */
    public static final String PATH = "/.well-known/mercure";

    private static final long serialVersionUID = 1;

    private final transient EventStreamOpener streams;
    private final transient MercureFraming framing = new MercureFraming();
    private final transient PublishService publishing;
    private final transient Bodies incoming;
    private final int maxDataBytes;

    /**
     * @param incoming reads what is posted
     * @param maxDataBytes the most bytes that the data of one event may have as UTF-8
     */
    public MercureServlet(EventStreamOpener streams, PublishService publishing, Bodies incoming, int maxDataBytes) {
        this.streams = streams;
        this.publishing = publishing;
        this.incoming = incoming;
        this.maxDataBytes = maxDataBytes;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod()) {
            case "GET", "HEAD" -> subscribe(request, response);
            case "POST" -> publish(request, response);
            default -> throw Problem.methodNotAllowed(request.getMethod(), "GET, HEAD, POST");
        }
    }

    private void subscribe(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Subscription subscription = streams.subscriptions().read(request, Draft07.topics(Query.of(request)));
        streams.answer(request, response, subscription, framing);
    }

    private void publish(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Authentication.of(request).requireGrant().publish().isEmpty()) {
            throw new ForbiddenException("the token may publish nothing: it has no publish selector."
                    + " Add one to its claim mercure.publish");
        }
        PostedForm.receive(
                request,
                response,
                incoming,
                maxDataBytes,
                form -> publish(request, response, Draft07.event(form, TraceHeader.of(request), maxDataBytes)));
    }

    private void publish(HttpServletRequest request, HttpServletResponse response, PublishRequest event)
            throws IOException {
        byte[] id = publishing.publish(
                Authentication.of(request).requireGrant(),
                () -> IdempotencyKey.of(request),
                List.of(event),
                accepted -> accepted.get(0).id().getBytes(UTF_8));
        response.setHeader("Cache-Control", "no-store");
        ResponseBody.write(response, "text/plain;charset=utf-8", id);
    }
}
