package dev.tidings.http;

import dev.tidings.auth.Grant;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.SelectorSet;
import dev.tidings.event.Topic;
import dev.tidings.event.TopicSelector;
import dev.tidings.hub.Subscription;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * Streams as their users find them simplest: {@code GET /events}. Without topics it is the caller's inbox.
 *
 * <p>Everything that can be refused is refused before the request goes asynchronous. What is the same for
 * all streams is the {@link StreamDoor}'s.
 *
 * <p><b>Threads.</b> The container's; none is held by an open stream.
 */
public final class StreamServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final int MAX_SELECTORS = 100;

    private final transient StreamDoor door;
    private final transient JsonFrames jsonFrames = new JsonFrames();

    /** @param door opens the streams */
    public StreamServlet(StreamDoor door) {
        this.door = door;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            throw Problem.methodNotAllowed(request.getMethod(), "GET, HEAD");
        }
        Subscription subscription = door.subscription(request, topics(request));
        boolean json = json(request);
        requireAcceptable(request);
        Framing framing =
                json ? new JsonFraming(door.retry(), subscription, jsonFrames) : new EventsFraming(door.retry());
        door.answer(request, response, subscription, framing);
    }

    private static void requireAcceptable(HttpServletRequest request) {
        if (!Accept.allows(request, StreamDoor.EVENT_STREAM)) {
            throw new Problem(
                    HttpServletResponse.SC_NOT_ACCEPTABLE,
                    "This is a " + StreamDoor.EVENT_STREAM + "; the request's Accept header excludes it.");
        }
    }

    private static SelectorSet topics(HttpServletRequest request) {
        SelectorSet asked = StreamDoor.topics(Query.of(request), MAX_SELECTORS);
        return asked.isEmpty() ? inbox(StreamDoor.grant(request)) : asked;
    }

    private static SelectorSet inbox(Grant grant) {
        if (grant.user() == null) {
            throw new InvalidRequestException(
                    "topic", "There is no token that names a user, so there is no inbox; name the topics: ?topic=/all");
        }
        return SelectorSet.of(List.of(TopicSelector.of(Topic.ofUser(grant.user())), TopicSelector.of("/all")));
    }

    private static boolean json(HttpServletRequest request) {
        String frame = Query.of(request).first("frame");
        if (frame == null || frame.isEmpty()) {
            return false;
        }
        if (!frame.equals("json")) {
            throw new InvalidRequestException("frame", "The one other form of frames is frame=json.");
        }
        return true;
    }
}
