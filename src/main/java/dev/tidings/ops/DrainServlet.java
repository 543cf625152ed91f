package dev.tidings.ops;

import dev.tidings.event.InvalidRequestException;
import dev.tidings.http.Authentication;
import dev.tidings.http.JsonAnswer;
import dev.tidings.http.OperatorGrant;
import dev.tidings.http.OperatorLog;
import dev.tidings.http.Problem;
import dev.tidings.http.Query;
import dev.tidings.http.TokenSource;
import dev.tidings.hub.Nodes;
import dev.tidings.logging.LogLine;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Has a node end its streams gently: {@code POST /hub/drain}, of this node, or of that which {@code ?node=} names. Whoever asks needs a
 * publish selector that matches this address and names it.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class DrainServlet extends HttpServlet {

    public static final String PATH = "/hub/drain";

    private static final long serialVersionUID = 1;

    private static final String WORD = "/hub";
    private static final String NODE = "node";

    private final transient Nodes nodes;
    private final String here;

    /** @param here the name of this node */
    public DrainServlet(Nodes nodes, String here) {
        this.nodes = nodes;
        this.here = here;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("POST")) {
            throw Problem.methodNotAllowed(request.getMethod(), "POST");
        }
        Authentication operator = Authentication.of(request);
        OperatorGrant.requireToChange(operator, List.of(PATH), WORD);
        String node = node(request);
        if (!nodes.drain(node)) {
            throw Problem.notFound("There is no node \"" + node + "\" in this hub.");
        }
        OperatorLog.say(operator, LogLine.of("a node is drained").add(NODE, node));
        JsonAnswer.write(response, HttpServletResponse.SC_ACCEPTED, Map.of(NODE, node));
    }

    /** Whoever misspells the parameter must not drain this node instead of another. */
    private String node(HttpServletRequest request) {
        Query asked = Query.of(request).without(TokenSource.QUERY_FIELDS);
        for (Query.Pair pair : asked) {
            if (!pair.name().equals(NODE)) {
                throw new InvalidRequestException(pair.name(), "Give node, or nothing for the node that answers.");
            }
        }
        List<String> named = asked.all(NODE);
        if (named.size() > 1) {
            throw new InvalidRequestException(NODE, "Give one node.");
        }
        return named.isEmpty() || named.get(0).isEmpty() ? here : named.get(0);
    }
}
