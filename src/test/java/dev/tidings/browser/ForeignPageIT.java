package dev.tidings.browser;

import static dev.tidings.browser.Console.assertThat;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page of somebody else's site: it streams and sends when its origin is listed, and is refused when it is not. */
@InBrowser
class ForeignPageIT {

    private static final String TOKEN = Tokens.user("alice").jwt();

    /** As a page of another site would be written, with the hub's address and the token put in. */
    private static final String PAGE = """
            <!doctype html><title>Elsewhere</title><p id="streamed"></p><p id="sent"></p>
            <script>
            const stream = new EventSource('HUB/events?token=TOKEN');
            stream.onmessage = ({ data }) => { document.getElementById('streamed').textContent = data; };
            stream.onerror = () => { document.getElementById('streamed').textContent = 'refused'; };
            const say = (text) => { document.getElementById('sent').textContent = text; };
            stream.onopen = () => send();
            function send() {
              fetch('HUB/msg?msg=hello', { headers: { Authorization: 'Bearer TOKEN' } }).then(
                (answer) => say(String(answer.status)), () => say('refused'));
            }
            if (location.hash === '#send') send();
            </script>
            """;

    @TempDir
    Path files;

    private HttpServer elsewhere;
    private String origin;
    private volatile String page = "";

    @BeforeEach
    void startElsewhere() throws IOException {
        elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            byte[] html = page.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, html.length);
            exchange.getResponseBody().write(html);
            exchange.close();
        });
        elsewhere.start();
        origin = "http://localhost:" + elsewhere.getAddress().getPort();
    }

    @AfterEach
    void stopElsewhere() {
        elsewhere.stop(0);
    }

    @Test
    void listedOriginStreamsAndSends(Tabs tabs) {
        try (Container container = ContainerSpec.of(ContainerKind.JETTY)
                .set("tidings.cors.origins", origin)
                .start()) {
            Page shown = open(URI.create(origin), container, tabs, "another host|ERR_INCOMPLETE_CHUNKED_ENCODING");
            assertThat(shown.locator("#sent")).hasText("201");
            assertThat(shown.locator("#streamed")).hasText("hello");
        }
    }

    @Test
    void originThatIsNotListedIsRefused(Tabs tabs) {
        try (Container container = ContainerSpec.of(ContainerKind.JETTY)
                .set("tidings.cors.origins", "http://localhost:1")
                .start()) {
            Page shown = open(URI.create(origin + "/#send"), container, tabs, "another host|CORS|ERR_FAILED");
            assertThat(shown.locator("#sent")).hasText("refused");
            assertThat(shown.locator("#streamed")).hasText("refused");
        }
    }

    @Test
    void pageFromAFileStreamsAndSendsWhereNullIsListed(Tabs tabs) throws IOException {
        try (Container container = ContainerSpec.of(ContainerKind.JETTY)
                .set("tidings.cors.origins", "null")
                .start()) {
            Page shown = open(file(container), container, tabs, "another host|ERR_INCOMPLETE_CHUNKED_ENCODING");
            assertThat(shown.locator("#sent")).hasText("201");
            assertThat(shown.locator("#streamed")).hasText("hello");
        }
    }

    private Page open(URI address, Container container, Tabs tabs, String complaint) {
        page = filled(container);
        Tab tab = tabs.open(address);
        tab.mayComplain(complaint);
        return tab.page();
    }

    private URI file(Container container) throws IOException {
        return Files.writeString(files.resolve("page.html"), filled(container)).toUri();
    }

    private static String filled(Container container) {
        return PAGE.replace("HUB", container.uri("").toString().replaceAll("/$", ""))
                .replace("TOKEN", TOKEN);
    }
}
