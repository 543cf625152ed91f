package dev.tidings.ws;

import dev.tidings.http.Methods;
import dev.tidings.http.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a request asks for a WebSocket as RFC 6455, section 4.2.1, demands, or over HTTP/2 as RFC 8441, section 5,
 * does. So no container refuses it later with an answer of its own.
 *
 * <p>Over HTTP/2 browsers ask with {@code CONNECT}, wherever the server says that it takes that. Jetty says so. A {@code
 * CONNECT} that has a path asks for some protocol always; the container alone sees which.
 */
final class Handshake {

    private static final String VERSION = "13";
    private static final int KEY_BYTES = 16;

    private static final Map<String, String> WHAT_IT_TAKES =
            Map.of("Upgrade", "websocket", "Connection", "Upgrade", "Sec-WebSocket-Version", VERSION);

    /**
     * An answer over HTTP/2 that has fields of the connection is malformed (RFC 9113, section 8.2.2), and clients drop it.
     * Tomcat sends what it is given.
     */
    private static final Map<String, String> WHAT_IT_TAKES_OVER_HTTP_2 = Map.of("Sec-WebSocket-Version", VERSION);

    private Handshake() {}

    /**
     * Returns when the request asks for a WebSocket.
     *
     * @return the status of the answer when it is opened
     * @throws Problem saying what is missing
     */
    static int require(HttpServletRequest request) {
        if (request.getMethod().equals("CONNECT") && isHttp2(request)) {
            requireVersion(request);
            return HttpServletResponse.SC_OK;
        }
        Methods.require(request, "GET");
        if (!request.getProtocol().equals("HTTP/1.1")) {
            throw new Problem(426, "A WebSocket begins with a request over HTTP/1.1.", whatItTakes(request));
        }
        if (!has(request, "Upgrade", "websocket") || !has(request, "Connection", "upgrade")) {
            throw new Problem(
                    426,
                    "This address speaks WebSocket only: connect with new WebSocket(…), or open a stream at /events.",
                    whatItTakes(request));
        }
        requireVersion(request);
        if (!isKey(request.getHeader("Sec-WebSocket-Key"))) {
            throw new Problem(400, "The header Sec-WebSocket-Key is not " + KEY_BYTES + " bytes in Base64.");
        }
        return HttpServletResponse.SC_SWITCHING_PROTOCOLS;
    }

    private static void requireVersion(HttpServletRequest request) {
        if (!VERSION.equals(request.getHeader("Sec-WebSocket-Version"))) {
            throw new Problem(426, "The version of WebSocket spoken here is " + VERSION + ".", whatItTakes(request));
        }
    }

    private static Map<String, String> whatItTakes(HttpServletRequest request) {
        return request.getProtocol().startsWith("HTTP/1.") ? WHAT_IT_TAKES : WHAT_IT_TAKES_OVER_HTTP_2;
    }

    private static boolean isHttp2(HttpServletRequest request) {
        return request.getProtocol().startsWith("HTTP/2");
    }

    private static boolean has(HttpServletRequest request, String header, String token) {
        return Collections.list(request.getHeaders(header)).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .anyMatch(value -> value.trim().equalsIgnoreCase(token));
    }

    private static boolean isKey(@Nullable String key) {
        try {
            return key != null && Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
