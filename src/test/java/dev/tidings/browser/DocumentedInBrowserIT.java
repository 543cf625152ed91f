package dev.tidings.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.tidings.testing.ClientsPage;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines of {@code docs/clients.md} for what browsers have themselves do what it says, in one. */
@InBrowser
@EveryContainer(kinds = ContainerKind.TOMCAT_11, settings = "tidings.retry=50ms")
class DocumentedInBrowserIT {

    /** Keeps what is printed, so that it can be asked for. */
    private static final String KEEP =
            "() => { window.printed = []; console.log = (...all) => window.printed.push(all.join(' ')); }";

    private final String topic = "/documented/" + UUID.randomUUID();
    private final List<String> published = new ArrayList<>();
    private final Container hub;

    DocumentedInBrowserIT(Container hub) {
        this.hub = hub;
    }

    @ParameterizedTest
    @ValueSource(strings = {"EventSource", "WebSocket"})
    void eachEventComesAtOnceAndWhatACutMissedAfterwards(String heading, Tabs tabs) {
        try (CuttableProxy proxy = CuttableProxy.to(hub.uri())) {
            publish("stored");
            Tab tab = tabs.open(proxy.uri("/"));
            tab.mayComplain("ERR_|WebSocket connection");
            Page page = tab.page();
            page.evaluate(KEEP);
            // From what is stored on, so that the test need not know when the client is connected.
            String lines = ClientsPage.lines(heading, proxy.uri(""), topic + "&lastEventID=earliest");
            page.evaluate("(token) => { " + lines + " }", Tokens.user("alice").jwt());
            assertAllHaveCome(page);
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

    private void publish(String data) {
        published.add(Publisher.to(hub).publish(topic, data) + " " + data);
    }

    private void assertAllHaveCome(Page page) {
        Eventually.passes(
                () -> assertThat(page.evaluate("() => window.printed")).isEqualTo(published));
    }
}
