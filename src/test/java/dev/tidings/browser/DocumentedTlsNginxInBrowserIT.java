package dev.tidings.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.NpmClient;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.KeyStoreFile;
import dev.tidings.testing.Nginx;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Tokens;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents promise of TLS and HTTP/2 with nginx comes true in a browser. */
@Tag(NpmClient.TAG)
@InBrowser
@EveryContainer(
        kinds = ContainerKind.TOMCAT_11,
        contextPath = "/tidings",
        settings = {"tidings.proxies=127.0.0.1", "tidings.heartbeat=500ms"})
class DocumentedTlsNginxInBrowserIT {

    private static final String HEADING = "TLS and HTTP/2 with nginx";
    private static final CodeBlock FILE = CodeBlock.of("docs/deployment.md", HEADING);
    private static final CodeBlock RESTARTS =
            CodeBlock.of("docs/deployment.md", HEADING, 2).with("retry: 3000", "retry: 100");

    /** With HTTP/1.1 six would be all that two tabs have. */
    private static final int STREAMS_OF_A_TAB = 5;

    private static final String OPEN_STREAMS = """
            ([count, topic]) => {
              window.heard = [];
              window.states = [];
              for (let number = 0; number < count; number++) {
                const stream = new EventSource('/tidings/events?topic=' + topic);
                stream.onmessage = (event) => window.heard.push(event.data);
                stream.onerror = () => window.states.push(stream.readyState);
              }
            }
            """;
    private static final String OPEN_SOCKET = """
            (topic) => {
              window.heard = [];
              const socket = new WebSocket('wss://' + location.host + '/tidings/ws?topic=' + topic);
              socket.onmessage = (frame) => {
                const { type, data } = JSON.parse(frame.data);
                if (type === 'welcome') {
                  socket.send(JSON.stringify({ type: 'publish', to: 'USER', data: 'from the page' }));
                } else if (type === 'event') {
                  window.heard.push(data);
                }
              };
            }
            """;

    @TempDir
    private static Path directory;

    private static @Nullable CuttableProxy network;
    private static @Nullable Nginx nginx;
    private static URI site;

    private final Container hub;
    private final String user = Fresh.user();
    private final String inbox = "/users/" + user;

    DocumentedTlsNginxInBrowserIT(Container hub) {
        this.hub = hub;
    }

    @BeforeAll
    static void needsNginx() {
        Nginx.assumeInstalled();
    }

    /** It outlives each test, since a page that it leaves complains. */
    @BeforeEach
    void start() {
        if (nginx == null) {
            network = CuttableProxy.to(hub.uri());
            nginx = Nginx.overTls(KeyStoreFile.in(directory), network.uri(""), FILE, RESTARTS);
            site = nginx.uri().resolve("/tidings/");
        }
    }

    @AfterAll
    static void stop() {
        if (nginx != null) {
            nginx.close();
            nginx = null;
        }
        if (network != null) {
            network.close();
            network = null;
        }
    }

    @Test
    void streamsOfMoreTabsThanSixAreAllLive(Tabs tabs) {
        Page first = logIn(tabs).page();
        var pages = new ArrayList<Page>(List.of(first));
        pages.add(first.context().newPage());
        pages.get(1).navigate(site.toString());
        for (Page page : pages) {
            assertThat(page.evaluate("() => performance.getEntriesByType('navigation')[0].nextHopProtocol"))
                    .isEqualTo("h2");
            page.evaluate(OPEN_STREAMS, List.of(STREAMS_OF_A_TAB, inbox));
        }
        // The console that the login led to has a stream of its own.
        int all = pages.size() * STREAMS_OF_A_TAB + 1;
        Eventually.passes(() -> assertThat(Clients.of(hub, user)).hasSize(all));
        Publisher.to(hub).publish(inbox, "to all");
        for (Page page : pages) {
            assertHeard(page, Collections.nCopies(STREAMS_OF_A_TAB, "to all").toArray(String[]::new));
        }
    }

    @Test
    void consoleLogsInWithASecureCookieAndPublishes(Tabs tabs) {
        Console console = logIn(tabs);
        assertThat(console.page().context().cookies()).hasSize(1).allSatisfy((Cookie cookie) -> {
            assertThat(cookie.secure).isTrue();
            assertThat(cookie.httpOnly).isTrue();
            assertThat(cookie.path).isEqualTo("/tidings");
        });
        console.to("A user").target(user).send("by the form");
        Console.assertThat(console.data()).hasText("by the form");
    }

    @Test
    void webSocketOfTheOwnPageGoesBothWays(Tabs tabs) {
        Page page = logIn(tabs).page();
        page.evaluate(OPEN_SOCKET.replace("USER", user), inbox);
        assertHeard(page, "from the page");
    }

    @Test
    void streamGoesOnWithWhatItMissedWhenTheHubIsBack(Tabs tabs) {
        Console console = logIn(tabs);
        console.tab().mayComplain("ERR_|status of 50[24]");
        Page page = console.page();
        page.evaluate(OPEN_STREAMS, List.of(1, inbox));
        Eventually.passes(() -> assertThat(Clients.of(hub, user)).hasSize(2));
        Publisher.to(hub).publish(inbox, "before");
        assertHeard(page, "before");
        CuttableProxy behind = Objects.requireNonNull(network);
        behind.down();
        // It has been cut, and has asked again in vain.
        page.waitForFunction("() => window.states.length > 2");
        Publisher.to(hub).publish(inbox, "missed");
        behind.up();
        assertHeard(page, "before", "missed");
        assertThat(page.evaluate("() => window.states.every((state) => state === EventSource.CONNECTING)"))
                .isEqualTo(true);
    }

    private Console logIn(Tabs tabs) {
        return Console.with(tabs.open(site.resolve("login")), Tokens.user(user).jwt());
    }

    private static void assertHeard(Page page, String... data) {
        Eventually.passes(() -> assertThat(page.evaluate("() => window.heard")).isEqualTo(List.of(data)));
    }
}
