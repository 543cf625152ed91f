package dev.tidings.testing;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One request and its whole answer, on a connection of their own, over {@link SuiteProtocol what the suite speaks}.
 *
 * <p>The request is written as for HTTP/1.1, and goes over that as it is written. Over HTTP/2 its lines are fields: its
 * {@code Host} is the authority, and there is no {@code Connection}. A request for another protocol, or in chunks, is one
 * of HTTP/1.1 alone and stays that.
 *
 * <p><b>Threads.</b> Any.
 */
public final class Exchange {

    private static final Set<String> OF_HTTP_11 = Set.of("upgrade", "transfer-encoding");

    private Exchange() {}

    /**
     * Sends this request, whose head ends with the blank line, and reads the answer. It comes without its body where it
     * has none, and where a stream was opened, which would not end.
     */
    public static Answer of(Container hub, String head, String body) {
        Request request = Request.read(head);
        if (SuiteProtocol.SPOKEN.isHttp2(hub.uri())
                && request.fields().keySet().stream().noneMatch(OF_HTTP_11::contains)) {
            return overHttp2(hub.uri(), request, body);
        }
        try (RawClient client = hub.connect()) {
            ResponseHead answer = client.sendUntilRefused(head + body).head();
            return new Answer(answer.status(), answer.headers(), hasBody(request, answer) ? client.text(answer) : "");
        }
    }

    private static Answer overHttp2(URI server, Request request, String body) {
        try (Http2Connection connection = Http2Connection.to(server)) {
            Http2Answer answer = connection.ask(
                    request.method(), request.target(), request.fields(), body.getBytes(StandardCharsets.UTF_8));
            ResponseHead head = answer.head();
            return hasBody(request, head) ? answer.whole() : new Answer(head.status(), head.headers(), "");
        }
    }

    private static boolean hasBody(Request request, ResponseHead answer) {
        return !request.method().equals("HEAD")
                && answer.status() != 204
                && answer.status() != 304
                && !answer.header("Content-Type").startsWith("text/event-stream");
    }

    /** A head of HTTP/1.1, taken apart; the fields by their names in small letters. */
    private record Request(String method, String target, Map<String, List<String>> fields) {

        static Request read(String head) {
            List<String> lines = head.lines().toList();
            String[] words = lines.get(0).split(" ", 3);
            var fields = new LinkedHashMap<String, List<String>>();
            for (String line : lines.subList(1, lines.size() - 1)) {
                int colon = line.indexOf(':');
                fields.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
            return new Request(words[0], words[1], fields);
        }
    }
}
