package dev.tidings.container.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.OpenApi;
import dev.tidings.testing.OpenApi.Operation;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A hub whose answers are held against openapi.yaml, and which remembers what was seen. */
final class DescribedHub {

    private final OpenApi description = OpenApi.read();
    private final Map<Operation, Set<Integer>> seen = new HashMap<>();
    private final Container hub;

    DescribedHub(Container hub) {
        this.hub = hub;
    }

    OpenApi description() {
        return description;
    }

    /** The header line that a page of the hub's own sends. */
    String ownPage() {
        return "Origin: http://" + hub.uri().getAuthority();
    }

    /** As {@link #send}, without a body. */
    Answer ask(int status, String operation, String target, String... headers) {
        return send(status, operation, target, "", headers);
    }

    /**
     * Sends a request, and sees that its answer has this status and is one that is described.
     *
     * @param operation such as {@code GET /clients/{id}}
     * @param target the path and query to ask for, below the context path
     */
    Answer send(int status, String operation, String target, String body, String... headers) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return sendHead(status, operation, target, body, headers(headers) + "Content-Length: " + length + "\r\n");
    }

    /** As {@link #send}, of a body whose length is not said, or of which only the length is. */
    Answer sendHead(int status, String operation, String target, String body, String headers) {
        int space = operation.indexOf(' ');
        var described = new Operation(operation.substring(space + 1), operation.substring(0, space));
        Answer answer = exchange(described.method(), target, headers, body);
        assertThat(answer.status())
                .as("%s %s %s: %s", described.method(), target, headers, answer.body())
                .isEqualTo(status);
        description.assertDescribed(described, answer);
        seen.computeIfAbsent(described, one -> new TreeSet<>()).add(status);
        return answer;
    }

    /** The methods that an address takes, as it says itself. */
    List<String> methods(String target) {
        Answer answer = exchange("OPTIONS", target, "", "");
        assertThat(answer.status()).as("OPTIONS %s", target).isEqualTo(204);
        return List.of(answer.header("Allow").split(", "));
    }

    /** The answer to HEAD. */
    Answer head(String target, String... headers) {
        return exchange("HEAD", target, headers(headers), "");
    }

    /** The statuses that are listed and were not seen, each with its operation. */
    Set<String> unseen() {
        Set<String> unseen = new TreeSet<>();
        for (Operation operation : description.operations()) {
            for (int status : description.statuses(operation)) {
                if (!seen.getOrDefault(operation, Set.of()).contains(status)) {
                    unseen.add(status + " " + operation);
                }
            }
        }
        return unseen;
    }

    static String headers(String... lines) {
        return lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
    }

    private Answer exchange(String method, String target, String headers, String body) {
        String close = headers.contains("Upgrade: ") ? "" : "Connection: close\r\n";
        try (RawClient client = hub.connect()) {
            ResponseHead head = client.sendUntilRefused(
                            method + " " + hub.uri().getPath() + target + " HTTP/1.1\r\nHost: "
                                    + hub.uri().getAuthority() + "\r\n" + close + headers + "\r\n" + body)
                    .head();
            boolean ends = !method.equals("HEAD")
                    && !Set.of(101, 204, 304).contains(head.status())
                    && !head.header("Content-Type").startsWith("text/event-stream");
            return new Answer(head.status(), head.headers(), ends ? client.text(head) : "");
        }
    }
}
