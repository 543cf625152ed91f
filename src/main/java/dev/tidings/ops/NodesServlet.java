package dev.tidings.ops;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.tidings.event.Topic;
import dev.tidings.http.Authentication;
import dev.tidings.http.JsonAnswer;
import dev.tidings.http.Methods;
import dev.tidings.http.OperatorGrant;
import dev.tidings.http.Problem;
import dev.tidings.hub.Node;
import dev.tidings.hub.Nodes;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of the hub, for operators: {@code GET /hub/nodes} lists them with the figures of their last 15 minutes, and
 * {@code GET /hub/nodes/{node}} has one. Reading needs a subscribe selector that matches the address and names it.
 *
 * <p>What another node says of itself is here after a second or two. Nobody is waited for.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class NodesServlet extends HttpServlet {

    public static final String PATH = "/hub/nodes";

    private static final long serialVersionUID = 1;

    private static final String WORD = "/hub";

    private final transient Nodes nodes;

    /** @param nodes all of the hub */
    public NodesServlet(Nodes nodes) {
        this.nodes = nodes;
    }

    /** The topics of one node: its address, with the name percent-encoded as a template would, and then as it is. */
    static List<String> topics(String node) {
        return List.of(PATH + '/' + Topic.percentEncode(node), PATH + '/' + node);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Methods.requireRead(request);
        String name = nameIn(request);
        OperatorGrant.requireToRead(Authentication.of(request), name == null ? List.of(PATH) : topics(name), WORD);
        List<Node> all = nodes.list();
        JsonAnswer.write(
                response,
                HttpServletResponse.SC_OK,
                name == null ? all.stream().map(NodesServlet::json).toList() : json(find(all, name)));
    }

    private static Node find(List<Node> all, String name) {
        return all.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("No node of this name was heard of in the last 15 minutes."));
    }

    private static Map<String, Object> json(Node node) {
        var json = new LinkedHashMap<String, Object>();
        json.put("node", node.name());
        json.put("state", node.state().toString());
        json.put("since", node.since().toString());
        json.put("fault", node.fault());
        json.put("here", node.here());
        json.put("figures", node.figures().stream().map(RawValue::new).toList());
        return json;
    }

    /** The name in the path, or null for all. */
    private static @Nullable String nameIn(HttpServletRequest request) {
        String path = request.getPathInfo();
        return path == null || path.equals("/") ? null : path.substring(1);
    }
}
