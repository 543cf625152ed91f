package dev.tidings.http.stream;

import dev.tidings.event.InvalidRequestException;
import dev.tidings.http.Accept;
import dev.tidings.http.Methods;
import dev.tidings.http.Problem;
import dev.tidings.http.Query;
import dev.tidings.hub.Subscription;
import dev.tidings.stream.Framing;
import dev.tidings.stream.SharedFrames;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Streams as their users find them simplest: {@code GET /events}. Without topics it is the caller's inbox.
 *
 * <p>Who accepts JSON instead reads once ({@link AnswerOpener}).
 *
 * <p>Everything that can be refused is refused before the request goes asynchronous. What is the same for
 * all streams is the {@link EventStreamOpener}'s.
 *
 * <p><b>Threads.</b> The container's; none is held by an open stream.
 */
public final class StreamServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient EventStreamOpener opener;
    private final transient AnswerOpener answers;
    private final transient EventsFraming plain;
    private final transient EventsFraming plainCaughtUp;
    private final transient EventsFraming json;
    private final transient SharedFrames<byte[]> jsonFrames = new SharedFrames<>(JsonFraming::encode);

    /**
     * @param opener opens the streams
     * @param answers answers those who read once
     */
    public StreamServlet(EventStreamOpener opener, AnswerOpener answers) {
        this.opener = opener;
        this.answers = answers;
        this.plain = new EventsFraming(opener.retry());
        this.plainCaughtUp = new EventsFraming(plain, true);
        this.json = new EventsFraming(opener.retry());
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Methods.requireRead(request);
        boolean asJson = json(request);
        boolean caughtUp = Query.of(request).flag("caught-up");
        if (Accept.prefers(request, AnswerOpener.JSON, EventStreamOpener.EVENT_STREAM)) {
            answers.answer(request, response);
            return;
        }
        Subscription subscription = opener.subscriptions().read(request);
        requireAcceptable(request);
        AnswerOpener.refuseFields(Query.of(request));
        opener.answer(request, response, subscription, framing(subscription, asJson, caughtUp));
    }

    private Framing<byte[]> framing(Subscription subscription, boolean asJson, boolean caughtUp) {
        if (asJson) {
            return new JsonFraming(json, caughtUp, subscription, jsonFrames);
        }
        return caughtUp ? plainCaughtUp : plain;
    }

    private static void requireAcceptable(HttpServletRequest request) {
        if (!Accept.allows(request, EventStreamOpener.EVENT_STREAM)) {
            throw new Problem(
                    HttpServletResponse.SC_NOT_ACCEPTABLE,
                    "This is a " + EventStreamOpener.EVENT_STREAM
                            + ", or " + AnswerOpener.JSON
                            + " to read once. The Accept header of this request excludes both; add one there.");
        }
    }

    private static boolean json(HttpServletRequest request) {
        String frame = Query.of(request).one("frame");
        if (frame == null || frame.isEmpty()) {
            return false;
        }
        if (!frame.equals("json")) {
            throw new InvalidRequestException("frame", "Give json, or leave it out.");
        }
        return true;
    }
}
