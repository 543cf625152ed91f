package dev.tidings.container.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.NpmClient;
import dev.tidings.container.stream.DocumentedClient.Language;
import dev.tidings.testing.ClientsPage;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The lines of {@code docs/clients.md} do what it says. Those for browsers are run in one by another test.
 *
 * <p>What is waited for is waited for no longer than {@link Eventually#LIMIT}, and a heartbeat comes after 15 s. So a
 * client that hears of an event when the next bytes come has not heard of the last one.
 */
@Tag(NpmClient.TAG)
@EveryContainer(kinds = ContainerKind.JETTY, settings = "tidings.retry=50ms")
class DocumentedClientsIT {

    /** For a process that has to start, and perhaps to compile its lines. */
    private static final Duration START = Duration.ofSeconds(60);

    /** Each of them, by its heading. */
    enum Client {
        FETCH_EVENT_SOURCE("fetch-event-source", Language.NODE),
        EVENT_SOURCE_POLYFILL("event-source-polyfill", Language.NODE),
        EVENTSOURCE("eventsource", Language.NODE),
        OKHTTP_EVENTSOURCE("okhttp-eventsource", Language.JAVA),
        WEB_CLIENT("Spring WebClient", Language.JAVA),
        JDK("JDK HttpClient", Language.JAVA),
        REQUESTS("requests", Language.PYTHON),
        SSECLIENT_PY("sseclient-py", Language.PYTHON),
        REQUESTS_SSE("requests-sse", Language.PYTHON),
        LAUNCHDARKLY("launchdarkly-eventsource", Language.PYTHON),
        HTTPX_SSE("httpx-sse", Language.PYTHON),
        CURL("curl", Language.SHELL);

        private final String heading;
        private final Language language;

        Client(String heading, Language language) {
            this.heading = heading;
            this.language = language;
        }

        boolean resumes() {
            return this != CURL;
        }
    }

    private final String topic = Fresh.topic();
    private final String user = Fresh.user();
    private final List<String> published = new ArrayList<>();
    private final Container hub;

    DocumentedClientsIT(Container hub) {
        this.hub = hub;
    }

    @ParameterizedTest
    @EnumSource
    void eachEventComesAtOnceAndWhatACutMissedAfterwards(Client client) {
        try (CuttableProxy proxy = CuttableProxy.to(hub.uri());
                DocumentedClient running = DocumentedClient.run(
                        client.language,
                        ClientsPage.lines(client.heading, proxy.uri(""), topic),
                        Tokens.user(user).jwt())) {
            Eventually.passes(
                    START,
                    () -> assertThat(Clients.of(hub, user))
                            .as(running::toString)
                            .hasSize(1));
            for (int event = 1; event <= 4; event++) {
                publish("event " + event);
                assertAllHaveCome(running);
            }
            if (client.resumes()) {
                proxy.down();
                publish("missed 1");
                publish("missed 2");
                proxy.up();
                assertAllHaveCome(running);
                publish("live");
                assertAllHaveCome(running);
            }
        }
    }

    private void publish(String data) {
        published.add(Publisher.to(hub).publish(topic, data) + " " + data);
    }

    private void assertAllHaveCome(DocumentedClient client) {
        Eventually.passes(() -> assertThat(client.events()).as(client::toString).isEqualTo(published));
    }
}
