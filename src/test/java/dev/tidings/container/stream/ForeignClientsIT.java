package dev.tidings.container.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Received;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Tokens;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people read streams with reads ours. One subclass for each client, which nobody here wrote. */
@EveryContainer(kinds = ContainerKind.TOMCAT_11, settings = "tidings.retry=50ms")
abstract class ForeignClientsIT {

    private static final List<String> PIECES = List.of(
            "\r",
            "\n",
            "\r\n",
            "\n\r",
            "\n\n",
            " ",
            "   ",
            "\t",
            ":",
            ": ",
            "data: ",
            "event: x",
            "id: 1",
            "retry: 1",
            "\0",
            "\u0085",
            "\u2028",
            "\uFEFF",
            "中文",
            "第三行",
            "é",
            "\uD83D\uDE00",
            "\uD834\uDD1E",
            "word",
            "{\"a\": [1]}");

    private final String topic = "/foreign/" + UUID.randomUUID();
    private final Received.Queue received = new Received.Queue();
    private final List<AutoCloseable> clients = new ArrayList<>();

    /** Reads this stream until it is closed, connecting again whenever it was cut. */
    abstract AutoCloseable connect(URI stream, String authorization, Consumer<Received> reader) throws Exception;

    @Test
    void typesIdsAndDataArrive(Container container) throws Exception {
        Publisher publisher = Publisher.to(container);
        String id = publisher.publish(Map.of("topic", topic, "type", "invoice.paid", "msg", "7"));
        publisher.publish(
                Map.of("topic", topic, "type", "räksmörgås 三明治", "id", "own-" + topic, "msg", "中 \uD83D\uDE00"));
        String last = publisher.publish(topic, "no type");
        read(container.uri(stream()));
        assertThat(received.next(3))
                .containsExactly(
                        new Received("invoice.paid", id, "7"),
                        new Received("räksmörgås 三明治", "own-" + topic, "中 \uD83D\uDE00"),
                        new Received("message", last, "no type"));
    }

    @Test
    void eventThatIsPublishedWhileTheStreamIsOpenArrives(Container container) throws Exception {
        Publisher publisher = Publisher.to(container);
        publisher.publish(topic, "held");
        read(container.uri(stream()));
        assertThat(received.next().data()).isEqualTo("held");
        publisher.publish(topic, "live");
        assertThat(received.next().data()).isEqualTo("live");
        assertThat(received.left()).isEmpty();
    }

    @Test
    void dataOfManyLinesArrivesWhole(Container container) throws Exception {
        Publisher publisher = Publisher.to(container);
        publisher.publish(topic, "\n  one\r\ntwo\r\n\r\n: three\rdata: four\n");
        publisher.publish(topic, "");
        publisher.publish(topic, "end");
        read(container.uri(stream()));
        assertThat(received.next(3).stream().map(Received::data))
                .containsExactly("\n  one\ntwo\n\n: three\ndata: four\n", "", "end");
    }

    @Test
    void whateverIsPublishedIsReadBack(Container container) throws Exception {
        Publisher publisher = Publisher.to(container);
        var random = new Random(20_061);
        List<String> published =
                IntStream.range(0, 300).mapToObj(i -> text(random)).toList();
        var events = published.stream()
                .map(text -> Map.of("topic", topic, "msg", text))
                .toList();
        publisher.publishAll(events.subList(0, 200));
        events.subList(200, 300).forEach(publisher::publish);
        read(container.uri(stream()));
        assertThat(received.next(300).stream().map(Received::data))
                .containsExactlyElementsOf(published.stream()
                        .map(text -> text.replaceAll("\r\n|\r", "\n"))
                        .toList());
        assertThat(received.left()).isEmpty();
    }

    @Test
    void whatWasMissedWhileTheNetworkWasDownArrivesOnce(Container container) throws Exception {
        Publisher publisher = Publisher.to(container);
        String first = publisher.publish(topic, "first");
        try (CuttableProxy proxy = CuttableProxy.to(container.uri())) {
            read(proxy.uri(stream()));
            assertThat(received.next().data()).isEqualTo("first");
            proxy.down();
            publisher.publish(topic, "missed 1");
            publisher.publish(topic, "missed 2");
            proxy.up();
            assertThat(received.next(2).stream().map(Received::data)).containsExactly("missed 1", "missed 2");
            publisher.publish(topic, "live");
            assertThat(received.next().data()).isEqualTo("live");
            assertThat(proxy.lastEventIds()).isNotEmpty().containsOnly(first);
        }
        assertThat(received.left()).isEmpty();
    }

    @Test
    void streamThatIsCutAgainAndAgainBringsEverythingOnceInOrder(Container container) throws Exception {
        Publisher publisher = Publisher.to(container);
        List<String> ids = publisher.publishNumbers(topic, 300);
        try (CuttableProxy proxy = CuttableProxy.cuttingAfter(5_555, container.uri())) {
            read(proxy.uri(stream()));
            List<Received> events = received.next(300);
            assertThat(events.stream().map(Received::id)).containsExactlyElementsOf(ids);
            assertThat(proxy.connections()).isGreaterThan(3);
            assertThat(proxy.lastEventIds()).isNotEmpty().isSubsetOf(ids);
            publisher.publish(topic, "end");
            assertThat(received.next().data()).isEqualTo("end");
        }
        assertThat(received.left()).isEmpty();
    }

    @AfterEach
    void closeClients() throws Exception {
        for (AutoCloseable client : clients) {
            client.close();
        }
    }

    private void read(URI stream) throws Exception {
        clients.add(connect(stream, Tokens.operator().bearer(), received));
    }

    /** From the first event on, so that no test has to know when the client is connected. */
    private String stream() {
        return "/events?topic=" + topic + "&lastEventID=earliest";
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int pieces = random.nextInt(9); pieces > 0; pieces--) {
            if (random.nextInt(4) == 0) {
                boolean low = random.nextBoolean();
                text.appendCodePoint(low ? random.nextInt(0xD800) : 0xE000 + random.nextInt(0x10_2000));
            } else {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        return text.toString();
    }
}
