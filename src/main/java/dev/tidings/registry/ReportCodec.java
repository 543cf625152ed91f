package dev.tidings.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidings.hub.NodeReport;
import dev.tidings.hub.NodeState;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * What a node says of itself, as it stands in Redis: JSON.
 *
 * <p><b>Threads.</b> Any.
 */
final class ReportCodec {

    /** No report is longer: whoever writes more into Redis is no node. */
    private static final int MAX_BYTES = 4096;

    private ReportCodec() {}

    static byte[] encode(NodeReport report) {
        ObjectNode json = NodeMessage.empty();
        json.put("node", report.node());
        json.put("state", report.state().name());
        json.put("since", report.since().toString());
        json.put("fault", report.fault());
        json.put("time", report.time().toString());
        json.set("figures", NodeMessage.read(report.figures().getBytes(UTF_8)));
        return NodeMessage.write(json);
    }

    /**
     * Reads an entry.
     *
     * @throws IllegalArgumentException if it is no report
     */
    static NodeReport decode(byte[] entry) {
        if (entry.length > MAX_BYTES) {
            throw new IllegalArgumentException("it has more than " + MAX_BYTES + " bytes");
        }
        JsonNode json = NodeMessage.read(entry);
        JsonNode figures = json.path("figures");
        if (!figures.isObject()) {
            throw new IllegalArgumentException("it has no figures");
        }
        return new NodeReport(
                NodeMessage.text(json, "node"),
                NodeState.valueOf(NodeMessage.text(json, "state")),
                time(json, "since"),
                NodeMessage.textOrNull(json, "fault"),
                time(json, "time"),
                figures.toString());
    }

    private static Instant time(JsonNode json, String name) {
        try {
            return Instant.parse(NodeMessage.text(json, name));
        } catch (DateTimeException noTime) {
            throw new IllegalArgumentException(name + " is no time", noTime);
        }
    }
}
