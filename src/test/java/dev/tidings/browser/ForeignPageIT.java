package dev.tidings.browser;

import static dev.tidings.browser.Console.assertThat;
import static dev.tidings.browser.Console.button;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A page of somebody else's site: it streams and sends when its origin is listed, and is refused when it is not. */
@InBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
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

    /** The same with the cookie. */
    private static final String WITH_COOKIE = """
            <!doctype html><title>Elsewhere</title><p id="streamed"></p><p id="sent"></p>
            <script>
            const stream = new EventSource('HUB/events', { withCredentials: true });
            stream.onmessage = ({ data }) => { document.getElementById('streamed').textContent = data; };
            stream.onopen = async () => {
              const body = new URLSearchParams({ msg: 'by cookie' });
              const answer = await fetch('HUB/msg', { method: 'POST', credentials: 'include', body });
              document.getElementById('sent').textContent = answer.status;
            };
            </script>
            """;

    @TempDir
    Path files;

    private HttpServer elsewhere;
    private Container container;
    private volatile String page = "";

    @BeforeAll
    void start() throws IOException {
        elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            byte[] html = page.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, html.length);
            exchange.getResponseBody().write(html);
            exchange.close();
        });
        elsewhere.start();
        container = ContainerSpec.of(ContainerKind.JETTY)
                .set("tidings.cors.origins", origin("localhost") + ",null")
                .start();
    }

    @AfterAll
    void stop() {
        elsewhere.stop(0);
        container.close();
    }

    @Test
    void listedOriginStreamsAndSends(Tabs tabs) {
        Page shown = open(URI.create(origin("localhost")), tabs, "another host|ERR_INCOMPLETE_CHUNKED_ENCODING");
        assertThat(shown.locator("#sent")).hasText("201");
        assertThat(shown.locator("#streamed")).hasText("hello");
    }

    @Test
    void originThatIsNotListedIsRefused(Tabs tabs) {
        Page shown = open(URI.create(origin("elsewhere.localhost") + "/#send"), tabs, "another host|CORS|ERR_FAILED");
        assertThat(shown.locator("#sent")).hasText("refused");
        assertThat(shown.locator("#streamed")).hasText("refused");
    }

    @Test
    void listedOriginOfTheSameSiteReadsWithTheCookieAndDoesNotPublishWithIt(Tabs tabs) {
        URI hub = URI.create("http://localhost:" + container.uri("").getPort());
        page = WITH_COOKIE.replace("HUB", hub.toString());
        Tab tab = tabs.open(hub.resolve("/login"));
        tab.mayComplain("another host|status of 403|ERR_INCOMPLETE_CHUNKED_ENCODING");
        tab.page().locator("#token").fill(TOKEN);
        button(tab.page(), "Log in").click();
        tab.page().waitForURL(hub.resolve("/console/events").toString());
        tab.page().navigate(origin("localhost"));
        assertThat(tab.page().locator("#sent")).hasText("403");
        Publisher.to(container).publish("/users/alice", "from the back end");
        assertThat(tab.page().locator("#streamed")).hasText("from the back end");
    }

    @Test
    void pageFromAFileStreamsAndSendsWhereNullIsListed(Tabs tabs) throws IOException {
        Page shown = open(file(), tabs, "another host|ERR_INCOMPLETE_CHUNKED_ENCODING");
        assertThat(shown.locator("#sent")).hasText("201");
        assertThat(shown.locator("#streamed")).hasText("hello");
    }

    private String origin(String host) {
        return "http://" + host + ":" + elsewhere.getAddress().getPort();
    }

    private Page open(URI address, Tabs tabs, String complaint) {
        page = filled();
        Tab tab = tabs.open(address);
        tab.mayComplain(complaint);
        return tab.page();
    }

    private URI file() throws IOException {
        return Files.writeString(files.resolve("page.html"), filled()).toUri();
    }

    private String filled() {
        return PAGE.replace("HUB", container.uri("").toString().replaceAll("/$", ""))
                .replace("TOKEN", TOKEN);
    }
}
