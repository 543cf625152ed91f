package dev.tidings.container.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Raw;
import dev.tidings.container.Streams;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Publishers, each on one connection, and beside them clients that send what is no request, each time on another
 * connection. Both come to the same address.
 */
final class Neighbours {

    private static final int PUBLISHERS = 4;
    private static final int SENDERS = 4;

    private static final String TOKEN = Raw.authorized(Tokens.operator());

    private static final String HOST = "HTTP/1.1\r\nHost: localhost\r\n";

    private static final List<String> MALFORMED = List.of(
            "G\0T / " + HOST + "\r\n",
            "GET /\u0001 " + HOST + "\r\n",
            "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
            "GET / " + HOST + "X : a\r\n\r\n",
            "GET / " + HOST + "X: a\0b\r\n\r\n",
            "GET / " + HOST + "X: " + "x".repeat(16_384) + "\r\n\r\n",
            "POST /msg " + HOST + "Content-Length: x\r\n\r\n",
            "POST /msg?topic=/x " + HOST + TOKEN + "Transfer-Encoding: chunked\r\n\r\nzz\r\n");

    /** Comes while what was before it is being refused. */
    private static final String MORE = "what follows a head that is none ".repeat(100);

    private final Container hub;
    private final URI address;
    private final String topic = Fresh.topic();

    private Neighbours(Container hub, URI address) {
        this.hub = hub;
        this.address = address;
    }

    /** Has each publish so many events, and fails unless every one was accepted and delivered as it was sent. */
    static void assertUndisturbed(Container hub, URI address, int events) {
        new Neighbours(hub, address).run(events);
    }

    private void run(int events) {
        ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS + SENDERS);
        var streams = new ArrayList<StreamRecorder>();
        var publishers = new ArrayList<Future<List<String>>>();
        try {
            for (int i = 0; i < PUBLISHERS; i++) {
                String own = topic + i;
                streams.add(
                        hub.stream(Streams.events(own)).with(Tokens.operator()).open());
                Callable<List<String>> publisher = () -> publish(own, events);
                publishers.add(threads.submit(publisher));
            }
            for (int i = 0; i < SENDERS; i++) {
                int first = i;
                threads.execute(() -> sendMalformed(first));
            }
            for (int i = 0; i < PUBLISHERS; i++) {
                List<String> published = publishers.get(i).get();
                assertThat(streams.get(i).next(events)).extracting(Block::data).isEqualTo(published);
            }
        } catch (ExecutionException e) {
            throw new AssertionError("a good request was not served", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            threads.shutdownNow();
            streams.forEach(StreamRecorder::close);
        }
    }

    /** Publishes on one connection, and returns what. */
    private List<String> publish(String own, int events) {
        var published = new ArrayList<String>();
        try (RawClient client = RawClient.connect(address)) {
            for (int event = 0; event < events; event++) {
                String data = ("event " + event + " on " + own + ", ").repeat(1 + event * 7 % 100);
                String headers = TOKEN + "Content-Type: text/plain\r\nContent-Length: " + data.length() + "\r\n";
                client.send(Raw.head(hub, "POST", "/msg?topic=" + own, headers) + data);
                ResponseHead head = client.head();
                String answer = client.text(head);
                assertThat(head.status()).as(answer).isEqualTo(201);
                published.add(data);
            }
        }
        return published;
    }

    private void sendMalformed(int first) {
        for (int i = first; !Thread.currentThread().isInterrupted(); i++) {
            try (RawClient client = RawClient.connect(address)) {
                client.send(MALFORMED.get(i % MALFORMED.size())).send(MORE).send(MORE);
                client.stream().readAllBytes();
            } catch (IOException | UncheckedIOException refused) {
                // The next one.
            }
        }
    }
}
