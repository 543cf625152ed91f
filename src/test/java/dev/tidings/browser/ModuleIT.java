package dev.tidings.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.sun.net.httpserver.HttpServer;
import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.testing.BufferingFront;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Rounds;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tidings.js promises, in a browser: each event once and in order, over one connection for all tabs. */
@InBrowser
@EveryContainer(
        kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY},
        settings = {"tidings.retry=50ms", "tidings.heartbeat=500ms", "tidings.cors.origins=*"})
class ModuleIT {

    private static final int KILLS = Rounds.of(15, 100);
    private static final int CUTS = Rounds.of(10, 100);
    private static final int TABS = 3;

    /** What a browser says of connections that end. */
    private static final String CUT = "net::ERR_|WebSocket connection";

    private final String user = Fresh.user();
    private final String topic = Fresh.topic();
    private final Container hub;

    ModuleIT(Container hub) {
        this.hub = hub;
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "ws"})
    void eachEventComesOnceHoweverOftenTheConnectionsAreCut(String transport, Tabs tabs) {
        var random = new Random(5);
        try (CuttableProxy proxy = CuttableProxy.to(hub.uri());
                Numbers numbers = new Numbers(hub, topic)) {
            Tab tab = tabs.open(proxy.uri("/"));
            tab.mayComplain(CUT);
            String address = proxy.uri("/").toString();
            ModuleReader first =
                    read(tab.page(), address, Map.of("transport", transport)).live();
            ModuleReader second =
                    read(another(tab), address, Map.of("transport", transport)).live();
            for (int cut = 1; cut <= CUTS; cut++) {
                long reached = numbers.last() + random.nextInt(20);
                Eventually.holds("numbers go on", () -> numbers.last() > reached);
                proxy.down();
                proxy.up();
            }
            long last = numbers.stop();
            first.assertHasAllUpTo(last);
            second.assertHasAllUpTo(last);
        }
    }

    @Test
    void proxyThatHoldsStreamsBackIsFoundOutAndEachEventComesAllTheSame(Tabs tabs) {
        try (BufferingFront front = BufferingFront.of(hub)) {
            ModuleReader reader = read(
                            tabs.open(front.uri("/")).page(), front.uri("/").toString(), Map.of())
                    .live();
            assertThat(front.streams()).isEqualTo(1);
            Publisher.to(hub).publishNumbers(topic, 200);
            reader.assertHasAllUpTo(200);
            assertThat(reader.states()).asString().isEqualTo("[connecting, live]");
            reader.page().evaluate("() => window.hub.close()");
        }
    }

    @Test
    void tabsOfOnePersonShareAConnection(Tabs tabs) {
        Tab tab = tabs.open(hub.uri("/"));
        read(tab.page(), hub.uri("/").toString(), Map.of()).live();
        read(another(tab), hub.uri("/").toString(), Map.of()).live();
        ModuleReader alone = read(another(tab), hub.uri("/").toString(), Map.of("share", false))
                .live();
        assertThat(Clients.of(hub, user)).hasSize(2);
        Publisher.to(hub).publish(topic, "1");
        alone.assertHasAllUpTo(1);
    }

    @Test
    void tabsOfTwoUsersShareNoConnection(Tabs tabs) {
        Tab tab = tabs.open(hub.uri("/"));
        String other = Fresh.user();
        ModuleReader ours = read(tab.page(), hub.uri("/").toString(), Map.of(), "/users/" + user, user)
                .live();
        ModuleReader theirs = read(another(tab), hub.uri("/").toString(), Map.of(), "/users/{name}", other)
                .live();
        Publisher.to(hub).publish("/users/" + user, "1");
        Publisher.to(hub).publish("/users/" + other, "2");
        ours.assertHasAllUpTo(1);
        theirs.assertHasAllUpTo(2);
        assertThat(Clients.of(hub, other)).hasSize(1);
    }

    @Test
    void tabWhoseCookieIsOfAnotherUserNowIsRefused(Tabs tabs) {
        Tab tab = tabs.open(hub.uri("/"));
        tab.mayComplain(CUT);
        logIn(tab, user);
        ModuleReader reader = ModuleReader.in(tab.page(), hub.uri("/").toString(), "/users/{name}", Map.of(), Map.of())
                .live();
        String other = Fresh.user();
        logIn(tab, other);
        Clients.end(hub, Clients.idOf(hub, user));
        Eventually.passes(
                () -> assertThat(reader.states()).asString().endsWith("refused: The token is of another user now.]"));
        Publisher.to(hub).publish("/users/" + other, "1");
        assertThat(reader.numbers()).isEmpty();
        assertThat(Clients.of(hub, other)).isEmpty();
    }

    /** As on a page that came over plain HTTP from another machine. */
    @Test
    void tabsWithoutLocksHaveAConnectionEach(Tabs tabs) {
        Tab tab = tabs.open(hub.uri("/"));
        for (Page page : List.of(tab.page(), another(tab))) {
            page.evaluate("() => Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })");
            read(page, hub.uri("/").toString(), Map.of()).live();
        }
        assertThat(Clients.of(hub, user)).hasSize(2);
    }

    @Test
    void whicheverTabIsKilledNoneLosesAnEventOrGetsOneTwice(Tabs tabs) {
        Tab tab = tabs.open(hub.uri("/"));
        BrowserContext person = tab.page().context();
        var streaming = new Page[1];
        person.onRequest(request -> {
            if (request.url().contains("/events?")) {
                streaming[0] = request.frame().page();
            }
        });
        Deque<ModuleReader> readers = new ArrayDeque<>();
        try (Numbers numbers = new Numbers(hub, topic)) {
            while (readers.size() < TABS) {
                readers.add(begun(another(tab)));
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                ModuleReader leading = readers.stream()
                        .filter(reader -> reader.page().equals(streaming[0]))
                        .findFirst()
                        .orElseThrow();
                readers.remove(leading);
                if (kill % 2 == 0) {
                    crash(leading.page());
                }
                leading.page().close();
                readers.add(begun(another(tab)));
            }
            readers.forEach(ModuleReader::assertHasSome);
            long last = numbers.stop();
            readers.forEach(reader -> reader.assertHasAllUpTo(last));
            Eventually.passes(() -> assertThat(Clients.of(hub, user)).hasSize(1));
        }
    }

    @Test
    void tabThatTheBrowserPutsToSleepLeavesTheStreamToAnotherAndCatchesUp(Tabs tabs) {
        Tab tab = tabs.open(hub.uri("/"));
        ModuleReader first = begun(tab.page());
        ModuleReader second = begun(another(tab));
        CDPSession session = tab.page().context().newCDPSession(tab.page());
        lifecycle(session, "frozen");
        try (Numbers numbers = new Numbers(hub, topic)) {
            Eventually.passes(() -> assertThat(second.numbers()).hasSizeGreaterThan(20));
            lifecycle(session, "active");
            long last = numbers.stop();
            first.assertHasAllUpTo(last);
            second.assertHasAllUpTo(last);
        }
    }

    @Test
    void tabThatHangsLosesTheStreamToAnother(Tabs tabs) {
        Tab tab = tabs.open(hub.uri("/"));
        Map<String, Object> impatient = Map.of("silence", 1000);
        ModuleReader first =
                read(tab.page(), hub.uri("/").toString(), impatient).live();
        ModuleReader second =
                read(another(tab), hub.uri("/").toString(), impatient).live();
        tab.page().evaluate("""
                () => setTimeout(() => {
                  for (const end = Date.now() + 8000; Date.now() < end; );
                  window.hungUntil = Date.now();
                })
                """);
        try (Numbers numbers = new Numbers(hub, topic)) {
            Eventually.passes(() -> assertThat(second.numbers()).hasSizeGreaterThan(20));
            Number heard = (Number) second.page().evaluate("() => Date.now()");
            Number hungUntil = (Number) first.page().evaluate("() => window.hungUntil");
            assertThat(heard.longValue()).isLessThan(hungUntil.longValue());
            long last = numbers.stop();
            first.assertHasAllUpTo(last);
            second.assertHasAllUpTo(last);
        }
    }

    @Test
    void pageOfAnotherOriginImportsItAndStreamsAndPublishes(Tabs tabs) throws IOException {
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            byte[] html = "<!doctype html><title>Elsewhere</title>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, html.length);
            exchange.getResponseBody().write(html);
            exchange.close();
        });
        elsewhere.start();
        try {
            URI page = URI.create("http://localhost:" + elsewhere.getAddress().getPort() + "/");
            Tab tab = tabs.open(page);
            tab.mayComplain("another host");
            ModuleReader reader =
                    read(tab.page(), hub.uri("/").toString(), Map.of()).live();
            Object answer = tab.page().evaluate("(topic) => window.hub.publish({ topic, data: 7 })", topic);
            assertThat(answer.toString()).contains("urn:uuid:", topic);
            reader.assertHasAllUpTo(7);
        } finally {
            elsewhere.stop(0);
        }
    }

    /** Ends its process, so that nothing of it runs any more. */
    private static void crash(Page page) {
        assertThatThrownBy(() -> page.navigate("chrome://crash")).hasMessageContaining("crash");
    }

    private static void lifecycle(CDPSession session, String state) {
        var parameters = new JsonObject();
        parameters.addProperty("state", state);
        session.send("Page.setWebLifecycleState", parameters);
    }

    private ModuleReader begun(Page page) {
        return read(page, hub.uri("/").toString(), Map.of()).live();
    }

    private ModuleReader read(Page page, String address, Map<String, ?> options) {
        return read(page, address, options, topic, user);
    }

    private static ModuleReader read(Page page, String address, Map<String, ?> options, String topic, String user) {
        var all = new HashMap<String, Object>(options);
        // Private events of inboxes are those of the user alone.
        all.put(
                "token",
                Tokens.grant(user, List.of("/fresh/{id}"), List.of("/users/" + user))
                        .jwt());
        return ModuleReader.in(page, address, topic, all, Map.of());
    }

    private void logIn(Tab tab, String as) {
        tab.page().context().clearCookies();
        tab.page()
                .context()
                .addCookies(List.of(
                        new Cookie("mercureAuthorization", Tokens.user(as).jwt())
                                .setUrl(hub.uri("/").toString())));
    }

    /** Another page of the same person, at the same address. */
    private static Page another(Tab tab) {
        Page page = tab.page().context().newPage();
        page.navigate(tab.page().url());
        return page;
    }
}
