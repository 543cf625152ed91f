package dev.tidings.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidings.http.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests ask for a WebSocket as RFC 6455 has it, and what the others lack. */
class HandshakeTest {

    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private String method = "GET";
    private String protocol = "HTTP/1.1";

    HandshakeTest() {
        headers.put("Upgrade", List.of("websocket"));
        headers.put("Connection", List.of("Upgrade"));
        headers.put("Sec-WebSocket-Version", List.of("13"));
        headers.put("Sec-WebSocket-Key", List.of(KEY));
    }

    @Test
    void handshakeOfABrowserIsOne() {
        Handshake.require(request());
        headers.put("Upgrade", List.of("WebSocket"));
        headers.put("Connection", List.of("keep-alive, upgrade"));
        Handshake.require(request());
        headers.put("Connection", List.of("keep-alive", "Upgrade"));
        Handshake.require(request());
    }

    @ParameterizedTest
    @CsvSource({
        "Upgrade, h2c, 426",
        "Connection, close, 426",
        "Sec-WebSocket-Version, 8, 426",
        "Sec-WebSocket-Key, x, 400"
    })
    void headerThatIsMissingOrSaysSomethingElseIsRefused(String header, String other, int status) {
        headers.put(header, List.of(other));
        assertRefused(status);
        headers.put(header, List.of());
        assertRefused(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dGhlIHNhbXBsZSBub25j", "dGhlIHNhbXBsZSBub25jZTE=", "not base64, though long"})
    void keyIsSixteenBytesInBase64(String key) {
        headers.put("Sec-WebSocket-Key", List.of(key));
        assertRefused(400);
    }

    @Test
    void onlyAGetOverHttp11Asks() {
        method = "POST";
        assertRefused(405);
        method = "GET";
        protocol = "HTTP/2.0";
        assertRefused(426);
    }

    @Test
    void refusalSaysWhatItTakes() {
        headers.put("Upgrade", List.of());
        assertThat(refusal(426).headers()).containsOnlyKeys("Upgrade", "Connection", "Sec-WebSocket-Version");
    }

    /** RFC 9113, section 8.2.2. */
    @Test
    void refusalOverHttp2HasNoFieldsOfTheConnection() {
        protocol = "HTTP/2.0";
        assertThat(refusal(426).headers()).containsOnlyKeys("Sec-WebSocket-Version");
        method = "CONNECT";
        headers.put("Sec-WebSocket-Version", List.of("8"));
        assertThat(refusal(426).headers()).containsOnlyKeys("Sec-WebSocket-Version");
    }

    @Test
    void connectOverHttp2AsksWithoutUpgradeOrKey() {
        protocol = "HTTP/2.0";
        method = "CONNECT";
        headers.keySet().removeIf(header -> !header.equals("Sec-WebSocket-Version"));
        assertThat(Handshake.require(request())).isEqualTo(200);
        headers.put("Sec-WebSocket-Version", List.of("8"));
        assertRefused(426);
    }

    @Test
    void connectOverHttp11AsksForNothing() {
        method = "CONNECT";
        assertRefused(405);
    }

    private void assertRefused(int status) {
        refusal(status);
    }

    private Problem refusal(int status) {
        Problem problem = catchThrowableOfType(Problem.class, () -> Handshake.require(request()));
        assertThat(problem).isNotNull();
        assertThat(problem.status()).isEqualTo(status);
        return problem;
    }

    private HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, asked, arguments) -> switch (asked.getName()) {
                    case "getMethod" -> method;
                    case "getProtocol" -> protocol;
                    case "getHeader" ->
                        headers.get((String) arguments[0]).stream().findFirst().orElse(null);
                    case "getHeaders" -> Collections.enumeration(headers.get((String) arguments[0]));
                    default -> throw new UnsupportedOperationException(asked.getName());
                });
    }
}
