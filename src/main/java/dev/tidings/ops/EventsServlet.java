package dev.tidings.ops;

import dev.tidings.event.InvalidRequestException;
import dev.tidings.http.Authentication;
import dev.tidings.http.JsonAnswer;
import dev.tidings.http.Methods;
import dev.tidings.http.OperatorGrant;
import dev.tidings.http.OperatorLog;
import dev.tidings.http.Query;
import dev.tidings.http.TokenSource;
import dev.tidings.hub.Erasure;
import dev.tidings.hub.Hub;
import dev.tidings.hub.Nodes;
import dev.tidings.logging.LogLine;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Erases events from history: {@code DELETE /hub/events?user=}, those that were for the inbox of a user alone, or {@code ?id=},
 * those with an id. Whoever asks needs a publish selector that matches this address and names it.
 *
 * <p>It takes one parameter and no other. Whoever misspells one must not erase something else.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class EventsServlet extends HttpServlet {

    public static final String PATH = "/hub/events";

    private static final long serialVersionUID = 1;

    private static final String WORD = "/hub";
    private static final String USER = "user";
    private static final String ID = "id";

    private final transient Hub hub;
    private final transient Nodes nodes;

    /** @param nodes those that have to forget what is erased */
    public EventsServlet(Hub hub, Nodes nodes) {
        this.hub = hub;
        this.nodes = nodes;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Methods.require(request, "DELETE");
        Authentication operator = Authentication.of(request);
        OperatorGrant.requireToChange(operator, List.of(PATH), WORD);
        int erased = hub.erase(erasure(Query.of(request).without(TokenSource.QUERY_FIELDS)));
        // It does not say which: that is to be forgotten.
        OperatorLog.say(operator, LogLine.of("events are erased").add("events", erased));
        nodes.awaitAll();
        JsonAnswer.write(response, HttpServletResponse.SC_OK, Map.of("erased", erased));
    }

    private static Erasure erasure(Query asked) {
        for (Query.Pair pair : asked) {
            if (!pair.name().equals(USER) && !pair.name().equals(ID)) {
                throw new InvalidRequestException(
                        pair.name(), "It cannot choose which events are erased; give user or id, and nothing else.");
            }
        }
        String user = one(asked, USER);
        String id = one(asked, ID);
        if (user == null && id != null) {
            return Erasure.ofId(id);
        } else if (user != null && id == null) {
            return Erasure.ofUser(user);
        }
        throw new InvalidRequestException(
                USER, "Give user, whose inbox is erased, or id, that of one event, and not both.");
    }

    private static @Nullable String one(Query asked, String name) {
        List<String> given = asked.all(name);
        if (given.isEmpty()) {
            return null;
        }
        if (given.size() > 1 || given.get(0).isEmpty()) {
            throw new InvalidRequestException(name, "Give one.");
        }
        return given.get(0);
    }
}
