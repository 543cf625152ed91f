package dev.tidings.container;

import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.Tokens;
import java.nio.charset.StandardCharsets;

/** Requests that no client library would send, on a connection of their own. */
public final class Raw {

    private Raw() {}

    /** The header line that this token stands in. */
    public static String authorized(Tokens token) {
        return "Authorization: " + token.bearer() + "\r\n";
    }

    /** Asks for {@code target}, as it is written below the context path, with these header lines and no body. */
    public static Answer ask(Container container, String method, String target, String headers) {
        return send(container, head(container, method, target, headers));
    }

    /** The head of a request, to the blank line. */
    public static String head(Container container, String method, String target, String headers) {
        return method + " " + container.uri().getPath() + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers
                + "\r\n";
    }

    /** Sends this as UTF-8 and reads the whole answer. */
    public static Answer send(Container container, String request) {
        return send(container, request.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends these bytes and reads the whole answer, which has to have one length or the other. */
    public static Answer send(Container container, byte[] request) {
        try (RawClient client = container.connect()) {
            ResponseHead head = client.send(request).head();
            return new Answer(head.status(), head.headers(), client.text(head));
        }
    }
}
