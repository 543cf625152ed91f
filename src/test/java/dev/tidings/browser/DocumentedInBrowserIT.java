package dev.tidings.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Tokens;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What documents have people write into a page does what they say, in a browser. */
@InBrowser
@EveryContainer(kinds = ContainerKind.TOMCAT_11, settings = "tidings.retry=50ms")
class DocumentedInBrowserIT {

    /** Keeps what is printed, so that it can be asked for. */
    private static final String KEEP = """
            () => {
              const text = (printed) => typeof printed === 'string' ? printed : JSON.stringify(printed);
              window.printed = [];
              console.log = (...all) => window.printed.push(all.map(text).join(' '));
            }
            """;

    private static final Pattern EVENTS = Pattern.compile("/events\\?");
    private static final CodeBlock MODULE = CodeBlock.of("docs/javascript.md", "The module");
    private static final CodeBlock LOOP = CodeBlock.of("docs/javascript.md", "Where a listener begins, and loops");
    private static final CodeBlock PUBLISH_WITH_MODULE = CodeBlock.of("docs/javascript.md", "Publish with it");
    private static final CodeBlock PUBLISH = CodeBlock.of("docs/javascript.md", "Publish");
    private static final CodeBlock RENEW = CodeBlock.of("docs/tokens.md", "Renew a token");
    private static final CodeBlock STOPPED = CodeBlock.of("docs/troubleshooting.md", "The stream stops for good");

    /** As long as the hub's leeway for clocks, so that each stream says at once that it ends. */
    private static final Duration SHORT = Duration.ofSeconds(3);

    private final String user = Fresh.user();
    private final String inbox = "/users/" + user;
    private final String token = Tokens.user(user).jwt();
    private final List<String> published = new ArrayList<>();
    private final Container hub;

    DocumentedInBrowserIT(Container hub) {
        this.hub = hub;
    }

    static Stream<CodeBlock> readers() {
        return Stream.of(
                MODULE,
                CodeBlock.of("docs/javascript.md", "EventSource"),
                CodeBlock.of("docs/javascript.md", "fetch"),
                CodeBlock.of("docs/javascript.md", "WebSocket"),
                STOPPED);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void eachEventComesAtOnceAndWhatACutMissedAfterwards(CodeBlock reader, Tabs tabs) {
        try (CuttableProxy proxy = CuttableProxy.to(hub.uri())) {
            Page page = open(proxy.uri("/"), tabs, "ERR_|WebSocket connection|network error|Failed to fetch");
            page.exposeFunction("freshToken", unused -> token);
            run(page, reader.at(proxy.uri("")).code());
            awaitStream();
            for (int event = 1; event <= 4; event++) {
                publish("event " + event);
                assertAllHaveCome(page);
            }
            proxy.down();
            publish("missed 1");
            publish("missed 2");
            proxy.up();
            assertAllHaveCome(page);
            publish("live");
            assertAllHaveCome(page);
        }
    }

    @Test
    void pageOfTheReadmeHearsEachEventAtOnce(Tabs tabs) {
        Page page = open(hub.uri("/"), tabs, "none");
        run(page, CodeBlock.of("README.md", "Your page").at(hub.uri()).code());
        awaitStream();
        for (int event = 1; event <= 3; event++) {
            publish("event " + event);
            assertAllHaveCome(page);
        }
    }

    @Test
    void streamThatStoppedForGoodComesBackWithWhatItMissed(Tabs tabs) {
        Page page = open(hub.uri("/"), tabs, "502|401|MIME type");
        var given = new AtomicInteger();
        // The first one ends soon after the stream has begun.
        page.exposeFunction(
                "freshToken",
                unused -> Tokens.user(user)
                        .expiring(given.getAndIncrement() == 0 ? SHORT : Duration.ofHours(1))
                        .jwt());
        run(page, STOPPED.at(hub.uri()).code());
        awaitStream();
        publish("before");
        assertAllHaveCome(page);
        var refused = new AtomicInteger();
        page.route(EVENTS, route -> {
            refused.incrementAndGet();
            route.fulfill(new Route.FulfillOptions().setStatus(502));
        });
        Clients.end(hub, Clients.idOf(hub, user));
        page.waitForCondition(() -> refused.get() > 0);
        publish("meanwhile");
        page.unroute(EVENTS);
        assertAllHaveCome(page);
        assertThat(refused.get()).isPositive();
    }

    @Test
    void eventWithATypeIsHeardByItsName(Tabs tabs) {
        Page page = open(hub.uri("/"), tabs, "none");
        CodeBlock open = CodeBlock.of("docs/javascript.md", "EventSource");
        CodeBlock listen = CodeBlock.of("docs/javascript.md", "EventSource", 2);
        run(page, inside(open, listen));
        awaitStream();
        Publisher.to(hub).publish(Map.of("topic", inbox, "type", "shipped", "msg", "{\"order\":7}"));
        published.add("{\"order\":7}");
        assertAllHaveCome(page);
    }

    @Test
    void gapLoadsThePageAnew(Tabs tabs) {
        Page page = open(hub.uri("/"), tabs, "none");
        CodeBlock open = CodeBlock.of("docs/javascript.md", "EventSource");
        CodeBlock listen = CodeBlock.of("docs/javascript.md", "EventSource", 3);
        run(page, inside(open, listen).replace("let lastEventId = ''", "let lastEventId = '" + Fresh.user() + "'"));
        page.waitForFunction("() => window.printed === undefined");
    }

    @Test
    void streamThatRenewsItsTokenGoesOnWithoutHoleOrRepetition(Tabs tabs) {
        Page page = open(hub.uri("/"), tabs, "none");
        var renewed = new AtomicInteger();
        page.exposeFunction("freshToken", unused -> {
            // While the page waits for it, events come over the old stream.
            publish("on the way to token " + renewed.incrementAndGet());
            return Tokens.user(user)
                    .expiring(renewed.get() < 6 ? SHORT : Duration.ofHours(1))
                    .jwt();
        });
        run(
                page,
                RENEW.at(hub.uri()).code() + "open(token);",
                Tokens.user(user).expiring(SHORT).jwt());
        // Playwright calls back while it waits for the page.
        page.waitForCondition(() -> renewed.get() >= 6);
        awaitStream();
        publish("live");
        assertAllHaveCome(page);
    }

    @Test
    void pageGoesOnWithTheTraceOfAnEvent(Tabs tabs) {
        Page page = open(hub.uri("/"), tabs, "none");
        page.evaluate("() => { window.fetch = (target, options) => console.log(options.headers.traceparent); }");
        String lines = CodeBlock.of("docs/monitoring.md", "Traces").code();
        run(page, lines.replace("/events?topic=/orders/7", "/events?topic=/orders&token=" + token));
        awaitStream();
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        Requests.get(
                hub,
                "/msg?msg=x&topic=" + inbox,
                "Authorization: " + Tokens.operator().bearer(),
                "traceparent: " + trace);
        Eventually.passes(() -> assertThat(printed(page))
                .singleElement()
                .satisfies(step -> assertThat(step.toString())
                        .matches("00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01")
                        .isNotEqualTo(trace)));
    }

    @Test
    void pagePublishes(Tabs tabs) {
        Page page = open(hub.uri("/"), tabs, "none");
        run(
                page,
                CodeBlock.of("docs/javascript.md", "EventSource").at(hub.uri()).code());
        awaitStream();
        page.evaluate(script(PUBLISH.at(hub.uri()).about(inbox).code()), token);
        Eventually.passes(() -> assertThat(printed(page))
                .hasSize(2)
                .anyMatch(line -> line.toString().endsWith(" shipped")));
    }

    @Test
    void loopBeginsWithWhatWasStored(Tabs tabs) {
        publish("stored");
        Page page = open(hub.uri("/"), tabs, "none");
        page.exposeFunction("freshToken", unused -> token);
        // A loop that does not end is not waited for.
        run(page, both(MODULE, LOOP).replaceFirst("(?s)(for await .*)", "(async () => { $1 })();"));
        assertAllHaveCome(page);
        publish("live");
        String live = published.get(1);
        Eventually.passes(() -> assertThat(printed(page)).isEqualTo(List.of(published.get(0), live, live)));
    }

    @Test
    void pagePublishesWithTheModule(Tabs tabs) {
        Page page = open(hub.uri("/"), tabs, "none");
        page.exposeFunction("freshToken", unused -> token);
        run(page, both(MODULE, PUBLISH_WITH_MODULE));
        Eventually.passes(() -> assertThat(printed(page))
                .hasSize(2)
                .anyMatch(line -> line.toString().endsWith(" shipped"))
                .anyMatch(line -> line.toString().contains("\"topics\":[\"" + inbox + "\"]")));
    }

    /** The lines that make a hub, and then others, once it is live. */
    private String both(CodeBlock first, CodeBlock second) {
        return first.at(hub.uri()).code()
                + "while (hub.state !== 'live') { await new Promise((done) => setTimeout(done, 10)); }\n"
                + second.at(hub.uri()).code();
    }

    /** The lines that open a stream, with those that listen to it where the document says. */
    private String inside(CodeBlock open, CodeBlock listen) {
        return open.at(hub.uri()).code().replace("  stream.onmessage", listen.code() + "  stream.onmessage");
    }

    private Page open(URI address, Tabs tabs, String complaints) {
        Tab tab = tabs.open(address);
        tab.mayComplain(complaints);
        tab.page().evaluate(KEEP);
        return tab.page();
    }

    private void run(Page page, String lines) {
        run(page, lines, token);
    }

    private void run(Page page, String lines, String withToken) {
        page.evaluate(script(lines.replace("/orders", inbox)), withToken);
    }

    /** A module may wait at its top, a script may not. */
    private static String script(String lines) {
        boolean waits =
                lines.contains("await publish") || lines.startsWith("const headers") || lines.startsWith("import");
        String inFunction = lines.replaceAll("import (\\{.*}) from ('.*');", "const $1 = await import($2);");
        return (waits ? "async " : "") + "(token) => { " + inFunction + " }";
    }

    private void awaitStream() {
        Eventually.passes(() -> assertThat(Clients.of(hub, user)).isNotEmpty());
    }

    private void publish(String data) {
        published.add(Publisher.to(hub).publish(inbox, data) + " " + data);
    }

    private void assertAllHaveCome(Page page) {
        Eventually.passes(() -> assertThat(printed(page)).isEqualTo(published));
    }

    private static List<?> printed(Page page) {
        return (List<?>) page.evaluate("() => window.printed");
    }
}
