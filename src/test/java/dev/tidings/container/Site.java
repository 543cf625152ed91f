package dev.tidings.container;

import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.Exchange;
import dev.tidings.testing.SuiteProtocol;
import dev.tidings.testing.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A hub as browsers see it: the site {@code http://hub.example.com}, or {@code https://hub.example.com} where {@link SuiteProtocol} is.
 *
 * <p>Header lines are given one by one, or several in one text with {@code |} between them, as tables have them.
 */
public final class Site {

    public static final String HOST = "hub.example.com";

    private static final boolean SECURE = SuiteProtocol.SPOKEN.isSecure();

    /** What a page of the hub's own says of itself. */
    public static final String OWN = "Origin: " + (SECURE ? "https" : "http") + "://" + HOST;

    /** What the line of a cookie ends with. */
    public static final String COOKIE_END = "; HttpOnly; SameSite=Strict" + (SECURE ? "; Secure" : "");

    public static final String FORM = "Content-Type: application/x-www-form-urlencoded";

    private Site() {}

    /** The header line of the cookie with this token. */
    public static String cookie(Tokens token) {
        return "Cookie: mercureAuthorization=" + token.jwt();
    }

    /** The answer to a request without a body. */
    public static Answer send(Container hub, String method, String target, String... headers) {
        return exchange(hub, method, target, "", headers);
    }

    /** The answer to a form that is posted. */
    public static Answer post(Container hub, String target, String form, String... headers) {
        return exchange(hub, "POST", target, form, FORM, String.join("|", headers));
    }

    /** The answer to JSON that is posted. */
    public static Answer postJson(Container hub, String target, String json, String... headers) {
        return exchange(hub, "POST", target, json, "Content-Type: application/json", String.join("|", headers));
    }

    private static Answer exchange(Container hub, String method, String target, String body, String... headers) {
        String lines = String.join("|", headers);
        String host = ("|" + lines).contains("|Host: ") ? "" : "Host: " + HOST + "|";
        String length = "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "|Connection: close|";
        var head = new StringBuilder(method + " " + hub.uri().getPath() + target + " HTTP/1.1\r\n");
        Arrays.stream((host + length + lines).split("\\|"))
                .filter(line -> !line.isEmpty())
                .forEach(line -> head.append(line).append("\r\n"));
        return Exchange.of(hub, head + "\r\n", body);
    }
}
