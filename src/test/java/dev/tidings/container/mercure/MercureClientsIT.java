package dev.tidings.container.mercure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidings.container.Received;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Tokens;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people read Mercure with reads ours. One subclass for each client, which nobody here wrote. */
@EveryContainer(kinds = ContainerKind.JETTY, settings = "tidings.retry=50ms")
abstract class MercureClientsIT {

    private final String topic = "https://example.com/" + UUID.randomUUID();
    private final Received.Queue received = new Received.Queue();
    private final List<AutoCloseable> clients = new ArrayList<>();
    private final Container hub;

    MercureClientsIT(Container hub) {
        this.hub = hub;
    }

    /** Reads this stream until it is closed, with this header line, connecting again whenever it was cut. */
    abstract AutoCloseable connect(URI stream, String header, String value, Consumer<Received> reader) throws Exception;

    /** Whether it takes an id for seen only when the event has come whole, as the standard has it. */
    boolean resumesAfterWholeEvents() {
        return true;
    }

    @Test
    void typesIdsAndDataArrive() throws Exception {
        read(hub.uri(stream()));
        String untyped = Mercure.publish(hub, "topic", topic, "data", "{\"a\": [1]}");
        String typed = Mercure.publish(hub, "topic", topic, "data", " a\n\nb", "type", "invoice.paid");
        Mercure.publish(
                hub, "topic", topic, "data", "中 \uD83D\uDE00", "type", "räksmörgås 三明治", "id", "own-é-" + topic);
        assertThat(received.next(3))
                .containsExactly(
                        new Received("message", untyped, "{\"a\": [1]}"),
                        new Received("invoice.paid", typed, " a\n\nb"),
                        new Received("räksmörgås 三明治", "own-é-" + topic, "中 \uD83D\uDE00"));
    }

    @Test
    void tokenInTheHeaderBringsPrivateEvents() throws Exception {
        read(hub.uri(stream()), "Authorization", Mercure.subscriber(topic).bearer());
        assertPrivateEventArrives();
    }

    @Test
    void tokenInTheCookieDoesSoToo() throws Exception {
        String cookie = "mercureAuthorization=" + Mercure.subscriber(topic).jwt();
        read(hub.uri(stream()), "Cookie", cookie);
        assertPrivateEventArrives();
    }

    @Test
    void whatWasMissedWhileTheNetworkWasDownArrivesOnce() throws Exception {
        Mercure.publish(hub, "topic", topic, "data", "first");
        try (CuttableProxy proxy = CuttableProxy.to(hub.uri())) {
            read(proxy.uri(stream()));
            assertThat(received.next().data()).isEqualTo("first");
            proxy.down();
            Mercure.publish(hub, "topic", topic, "data", "missed 1");
            Mercure.publish(hub, "topic", topic, "data", "missed 2");
            proxy.up();
            assertThat(data(2)).containsExactly("missed 1", "missed 2");
            Mercure.publish(hub, "topic", topic, "data", "live");
            assertThat(data(1)).containsExactly("live");
        }
        assertThat(received.left()).isEmpty();
    }

    @Test
    void streamThatIsCutAgainAndAgainBringsEverythingOnceInOrder() throws Exception {
        assumeTrue(resumesAfterWholeEvents(), "it loses an event that is cut after its id");
        var ids = new ArrayList<String>();
        for (int i = 0; i < 60; i++) {
            ids.add(Mercure.publish(hub, "topic", topic, "data", "x".repeat(100)));
        }
        try (CuttableProxy proxy = CuttableProxy.cuttingAfter(3_333, hub.uri())) {
            read(proxy.uri(stream()));
            assertThat(received.next(60).stream().map(Received::id)).containsExactlyElementsOf(ids);
            assertThat(proxy.connections()).isGreaterThan(3);
            Mercure.publish(hub, "topic", topic, "data", "end");
            assertThat(data(1)).containsExactly("end");
        }
        assertThat(received.left()).isEmpty();
    }

    @AfterEach
    void closeClients() throws Exception {
        for (AutoCloseable client : clients) {
            client.close();
        }
    }

    private void assertPrivateEventArrives() throws Exception {
        Mercure.publish(hub, "topic", topic, "data", "private", "private", "on");
        assertThat(data(1)).containsExactly("private");
    }

    private void read(URI stream) throws Exception {
        read(stream, "Authorization", Tokens.operator().bearer());
    }

    private void read(URI stream, String header, String value) throws Exception {
        clients.add(connect(stream, header, value, received));
    }

    /** From the first event on, so that no test has to know when the client is connected. */
    private String stream() {
        return Mercure.hub(topic) + "&lastEventID=earliest";
    }

    private List<String> data(int count) throws InterruptedException {
        return received.next(count).stream().map(Received::data).toList();
    }
}
