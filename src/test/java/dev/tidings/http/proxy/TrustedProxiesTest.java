package dev.tidings.http.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidings.testing.InProcessJetty;
import dev.tidings.testing.KeyStoreFile;
import dev.tidings.testing.PlainRequest;
import dev.tidings.testing.RawClient;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The peer is always 127.0.0.1; 10.0.0.0/8 and 2001:db8::/32 are proxies of ours as well. */
class TrustedProxiesTest {

    /** Answers with the original request that these proxies report. */
    private static final class Door extends HttpServlet {

        private final transient TrustedProxies proxies;

        Door(String... ranges) {
            proxies = TrustedProxies.of(List.of(ranges));
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            OriginalRequest original = proxies.original(request);
            response.getOutputStream()
                    .print(original.address() + " " + (original.https() ? "https" : "http") + " " + original.host());
        }
    }

    /** A request that names no host, as one of HTTP/1.0. */
    private static final class Unnamed extends HttpServletRequestWrapper {

        private final @Nullable String remote;
        private final boolean secure;
        private final int port;

        Unnamed(@Nullable String remote, boolean secure, int port) {
            super(new PlainRequest());
            this.remote = remote;
            this.secure = secure;
            this.port = port;
        }

        @Override
        public @Nullable String getRemoteAddr() {
            return remote;
        }

        @Override
        public boolean isSecure() {
            return secure;
        }

        @Override
        public String getServerName() {
            return "hub";
        }

        @Override
        public int getServerPort() {
            return port;
        }
    }

    private static InProcessJetty jetty;

    @BeforeAll
    static void start() {
        jetty = new InProcessJetty()
                .servlet("/none", new Door())
                .servlet("/others", new Door("10.0.0.0/8", "::1", "127.0.0.2"))
                .servlet("/trusted", new Door("127.0.0.0/8", "10.0.0.0/8", "2001:db8::/32"))
                .start();
    }

    @AfterAll
    static void stop() {
        jetty.close();
    }

    @ParameterizedTest
    @CsvSource({"/none", "/others", "/trusted"})
    void withoutSuchHeadersItIsThePeer(String door) {
        assertThat(originalAt(door, "")).isEqualTo("127.0.0.1 http hub:1");
    }

    @ParameterizedTest
    @CsvSource({
        "/none, 'Forwarded: for=192.0.2.1;proto=https;host=x'",
        "/others, 'Forwarded: for=192.0.2.1;proto=https;host=x'",
        "/none, 'X-Forwarded-For: 192.0.2.1|X-Forwarded-Proto: https|X-Forwarded-Host: x'",
        "/others, 'X-Forwarded-For: 192.0.2.1|X-Forwarded-Proto: https|X-Forwarded-Host: x'",
    })
    void nobodyElseIsBelieved(String door, String headers) {
        assertThat(originalAt(door, headers)).isEqualTo("127.0.0.1 http hub:1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "192.0.2.1; 192.0.2.1",
                "192.0.2.1:4711; 192.0.2.1",
                "2001:db9::1; 2001:db9:0:0:0:0:0:1",
                "[2001:db9::1]:4711; 2001:db9:0:0:0:0:0:1",
                "1.1.1.1, 192.0.2.1; 192.0.2.1",
                "1.1.1.1, 192.0.2.1, 10.1.1.1; 192.0.2.1",
                "1.1.1.1, 192.0.2.1, 10.1.1.1, 2001:db8::1; 192.0.2.1",
                "10.2.2.2, 10.1.1.1; 10.2.2.2",
                "192.0.2.1, nonsense; 127.0.0.1",
                "192.0.2.1, nonsense, 10.1.1.1; 10.1.1.1",
                "192.0.2.1, unknown; 127.0.0.1",
                "nonsense, 192.0.2.1; 192.0.2.1",
                "1.1.1.1, 192.0.2.1|X-Forwarded-For: 10.1.1.1; 192.0.2.1",
                "1.1.1.1|X-Forwarded-For: 192.0.2.1; 192.0.2.1",
                ",, 192.0.2.1 ,; 192.0.2.1",
                "localhost; 127.0.0.1",
                "," + "; 127.0.0.1"
            })
    void theRightmostUntrustedHopIsTheSender(String addresses, String sender) {
        assertThat(originalAt("/trusted", "X-Forwarded-For: " + addresses)).isEqualTo(sender + " http hub:1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "for=192.0.2.1; 192.0.2.1",
                "for=\"[2001:db9::1]:4711\"; 2001:db9:0:0:0:0:0:1",
                "for=1.1.1.1, for=192.0.2.1, for=10.1.1.1; 192.0.2.1",
                "for=1.1.1.1, for=192.0.2.1|Forwarded: for=\"[2001:db8::1]\"; 192.0.2.1",
                "for=192.0.2.1, for=unknown; 127.0.0.1",
                "for=192.0.2.1, for=_hidden, for=10.1.1.1; 10.1.1.1",
                "for=\"|Forwarded: for=192.0.2.1; 192.0.2.1",
                "for=\", for=192.0.2.1; 127.0.0.1",
                "by=10.1.1.1; 127.0.0.1"
            })
    void theSameHoldsOfTheStandardHeader(String hops, String sender) {
        assertThat(originalAt("/trusted", "Forwarded: " + hops)).isEqualTo(sender + " http hub:1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "X-Forwarded-Proto: https; 127.0.0.1 https hub:1",
                "X-Forwarded-Proto: HTTPS; 127.0.0.1 https hub:1",
                "X-Forwarded-Proto: wss; 127.0.0.1 https hub:1",
                "X-Forwarded-Proto: http; 127.0.0.1 http hub:1",
                "X-Forwarded-Proto: on; 127.0.0.1 http hub:1",
                "X-Forwarded-Host: a.example; 127.0.0.1 http a.example",
                "X-Forwarded-For: 192.0.2.1, 10.1.1.1|X-Forwarded-Proto: https; 192.0.2.1 https hub:1",
                "X-Forwarded-For: 192.0.2.1, 10.1.1.1|X-Forwarded-Proto: https, http; 192.0.2.1 https hub:1",
                "X-Forwarded-For: 192.0.2.1|X-Forwarded-Proto: https, http; 192.0.2.1 http hub:1",
                "X-Forwarded-For: 9.9.9.9, 192.0.2.1|X-Forwarded-Host: evil, a.example; 192.0.2.1 http a.example",
            })
    void whatTheOutermostProxySaysOfSchemeAndHostIsBelieved(String headers, String sender) {
        assertThat(originalAt("/trusted", headers)).isEqualTo(sender);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=192.0.2.1;proto=https;host=\"a.example:8443\" | 192.0.2.1 https a.example:8443",
                "for=_hidden;proto=https;host=a.example | 127.0.0.1 https a.example",
                "proto=https | 127.0.0.1 https hub:1",
                "for=192.0.2.1;proto=https, for=10.1.1.1;proto=http | 192.0.2.1 https hub:1",
                "for=1.1.1.1;proto=https;host=evil, for=192.0.2.1;proto=http | 192.0.2.1 http hub:1",
                "for=192.0.2.1;proto=https;proto=https | 127.0.0.1 http hub:1"
            })
    void theSameHoldsOfTheStandardHeaderForSchemeAndHost(String hops, String sender) {
        assertThat(originalAt("/trusted", "Forwarded: " + hops)).isEqualTo(sender);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a/b",
                "a@b",
                "a?b",
                "a#b",
                "a:b",
                "a:99999",
                "a:1:2",
                "<a>",
                "a\"b",
                "a'b",
                "$(a)",
                "a;b",
                "[a]",
                "[::1",
                "::1",
                "%61",
                "h\u00f6st"
            })
    void whatIsNoHostIsNotShownWhoeverSaysIt(String host) {
        assertThat(originalAt("/trusted", "X-Forwarded-Host: " + host)).isEqualTo("127.0.0.1 http hub:1");
        assertThat(originalAt("/trusted", "Forwarded: host=\"" + host.replace("\"", "\\\"") + "\""))
                .isEqualTo("127.0.0.1 http hub:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a_b.example", "A.example.", "192.0.2.1:8080", "[2001:db8::1]:8443", "[::1]"})
    void everyFormOfAHostIsTaken(String host) {
        assertThat(originalAt("/trusted", "X-Forwarded-Host: " + host)).isEqualTo("127.0.0.1 http " + host);
    }

    @Test
    void whereBothHeadersAgreeTheyComplementEachOther() {
        assertThat(originalAt(
                        "/trusted",
                        "Forwarded: for=192.0.2.1;host=a|X-Forwarded-For: 192.0.2.1|" + "X-Forwarded-Proto: https"))
                .isEqualTo("192.0.2.1 https a");
    }

    /** A proxy that writes one header lets the other pass as the client forged it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Forwarded: for=192.0.2.1|X-Forwarded-For: 192.0.2.2",
                "Forwarded: for=\"|X-Forwarded-For: 192.0.2.2|X-Forwarded-Host: evil",
                "Forwarded: for=192.0.2.1|X-Forwarded-For: nonsense|X-Forwarded-Proto: https",
                "Forwarded: for=192.0.2.1|X-Forwarded-Host: evil"
            })
    void whereTheyContradictEachOtherNeitherIsBelieved(String headers) {
        assertThat(originalAt("/trusted", headers)).isEqualTo("127.0.0.1 http hub:1");
    }

    @Test
    void withoutAHostItIsTheServersOwn() {
        try (RawClient client = RawClient.connect(jetty.uri())) {
            String answer =
                    client.text(client.send("GET /none HTTP/1.0\r\n\r\n").head());
            assertThat(answer).isEqualTo("127.0.0.1 http " + jetty.uri().getAuthority());
        }
    }

    /** Behind a socket of the file system, for one. */
    @Test
    void peerWithoutAnAddressReportsNothing() {
        TrustedProxies proxies = TrustedProxies.of(List.of("127.0.0.0/8", "::/0"));
        for (String remote : List.of("", "/run/hub.sock")) {
            assertThat(proxies.original(new Unnamed(remote, true, 443)))
                    .isEqualTo(new OriginalRequest(remote, true, "hub"));
        }
        assertThat(proxies.original(new Unnamed(null, false, 80))).isEqualTo(new OriginalRequest("", false, "hub"));
    }

    @Test
    void portOfTheServerIsSaidUnlessItIsTheSchemesOwn() {
        assertThat(HostHeader.of(new Unnamed("::1", false, 80))).isEqualTo("hub");
        assertThat(HostHeader.of(new Unnamed("::1", true, 443))).isEqualTo("hub");
        assertThat(HostHeader.of(new Unnamed("::1", false, 443))).isEqualTo("hub:443");
        assertThat(HostHeader.of(new Unnamed("::1", true, 80))).isEqualTo("hub:80");
    }

    @Test
    void overHttpsItIsHttps(@TempDir Path folder) {
        try (InProcessJetty secure = new InProcessJetty(KeyStoreFile.in(folder))
                .servlet("/none", new Door())
                .start()) {
            assertThat(secure.send(secure.request("/none")).body())
                    .isEqualTo("127.0.0.1 https " + secure.uri().getAuthority());
        }
    }

    @Test
    void whatIsNoAddressIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustedProxies.of(List.of("10.0.0.0/8", "proxy")))
                .withMessageContaining("\"proxy\"");
    }

    private static String originalAt(String door, String headers) {
        String lines = headers.isEmpty() ? "" : headers.replace("|", "\r\n") + "\r\n";
        try (RawClient client = RawClient.connect(jetty.uri())) {
            return client.text(client.send("GET " + door + " HTTP/1.1\r\nHost: hub:1\r\n" + lines + "\r\n")
                    .head());
        }
    }
}
