package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.selector.SelectorSet;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientRegistryTest {

    private final EventLog log = new MemoryLog(
            new Retention(100, Duration.ofHours(1), 1L << 20, SelectorSet.of(List.of())), Clock.systemUTC());
    private final Hub hub = new Hub(log, 8, 1L << 20, Clock.systemUTC());

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void subscriberIsKnownUntilItEnds() {
        Subscriber subscriber = RecordingSink.fresh(hub, "/a").subscriber();
        assertThat(hub.clients().find(subscriber.id())).isEqualTo(subscriber.client());
        subscriber.end(DisconnectReason.DISCONNECTED);
        assertThat(hub.clients().find(subscriber.id())).isNull();
        assertThat(hub.clients().size()).isZero();
    }

    @Test
    void pagesFollowEachOtherEvenAfterTheirLastHasLeft() {
        var all = new ArrayList<String>();
        for (int i = 0; i < 10; i++) {
            all.add(RecordingSink.fresh(hub, "/a").subscriber().id());
        }
        all.sort(null);
        List<Client> first = hub.clients().list(ClientFilter.ALL, null, 4).clients();
        assertThat(first).extracting(Client::id).isEqualTo(all.subList(0, 4));
        assertThat(hub.clients().end(first.get(3).id(), DisconnectReason.CLOSED))
                .isTrue();
        assertThat(hub.clients().end(first.get(3).id(), DisconnectReason.CLOSED))
                .as("it has left")
                .isFalse();
        assertThat(hub.clients().list(ClientFilter.ALL, all.get(3), 100).clients())
                .extracting(Client::id)
                .isEqualTo(all.subList(4, 10));
    }

    @Test
    void idsAreInTheOrderInWhichClientsCame() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(RecordingSink.fresh(hub, "/a").subscriber().id());
        }
        assertThat(ids).isSorted().allMatch(id -> id.matches("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab].*"));
    }

    @Test
    void listenerThatFailsHarmsNobody() throws InterruptedException {
        hub.addListener(new SubscriberListener() {
            @Override
            public void connected(Client client) {
                throw new IllegalStateException("as if");
            }

            @Override
            public void disconnected(Client client, DisconnectReason reason) {
                throw new IllegalStateException("as if");
            }
        });
        var sink = RecordingSink.fresh(hub, "/a");
        sink.subscriber().end(DisconnectReason.CLOSED);
        assertThat(sink.awaitEnd()).isEqualTo(DisconnectReason.CLOSED);
        assertThat(hub.clients().size()).isZero();
    }

    /** Found when a second end returned while the first one still waited for the hub. */
    @Test
    void whoeverEndsASubscriberItHasLeftTheRegistryThen() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            for (int i = 0; i < 500; i++) {
                Subscriber subscriber = RecordingSink.fresh(hub, "/a").subscriber();
                var done = new ArrayList<Future<Boolean>>();
                for (int t = 0; t < 3; t++) {
                    done.add(threads.submit(() -> {
                        subscriber.end(DisconnectReason.DISCONNECTED);
                        return hub.clients().find(subscriber.id()) == null;
                    }));
                }
                for (Future<Boolean> gone : done) {
                    assertThat(gone.get()).isTrue();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void listenerHearsOfEveryoneOnceInOrderAndWithTheReason() {
        var heard = new ArrayList<String>();
        hub.addListener(recording(heard));
        Subscriber subscriber = RecordingSink.fresh(hub, "/a").subscriber();
        subscriber.end(DisconnectReason.SLOW);
        subscriber.end(DisconnectReason.CLOSED);
        assertThat(heard).containsExactly("+" + subscriber.id(), "-" + subscriber.id() + " slow");
    }

    /** Whoever comes is announced before it is announced to have gone, and the listing agrees with what was heard. */
    @Test
    void registryAndListenerAgreeUnderChurn() throws Exception {
        var heard = new ArrayList<String>();
        hub.addListener(recording(heard));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            var done = new ArrayList<Future<?>>();
            for (int t = 0; t < 4; t++) {
                done.add(threads.submit(() -> {
                    for (int i = 0; i < 500; i++) {
                        Subscriber subscriber = RecordingSink.fresh(hub, "/a").subscriber();
                        if (i % 10 != 0) {
                            subscriber.end(DisconnectReason.CLOSED);
                        }
                    }
                }));
            }
            for (Future<?> thread : done) {
                thread.get();
            }
        } finally {
            threads.shutdownNow();
        }
        var here = new ArrayList<String>();
        for (String change : heard) {
            if (change.startsWith("+")) {
                here.add(change.substring(1));
            } else {
                assertThat(here.remove(change.substring(1, change.indexOf(' '))))
                        .isTrue();
            }
        }
        assertThat(hub.clients().all())
                .extracting(Client::id)
                .containsExactlyInAnyOrderElementsOf(here)
                .hasSize(200);
    }

    @Test
    void allAreEndedThoughOneCannotBe() throws InterruptedException {
        var peer = new Peer(null, "caller", "192.0.2.1", "test", "sse", null);
        var none = SelectorSet.of(List.of());
        var made = new ArrayList<Subscriber>();
        hub.subscribe(new Subscription(none, none, peer, StartRequest.NOW), subscriber -> {
            made.add(subscriber);
            return endingWith(() -> {
                throw new OutOfMemoryError("as if");
            });
        });
        var sink = RecordingSink.fresh(hub, "/a");
        hub.endAll(DisconnectReason.DRAINED);
        assertThat(sink.awaitEnd()).isEqualTo(DisconnectReason.DRAINED);
        assertThat(made.get(0).ended()).isEqualTo(DisconnectReason.DRAINED);
        assertThat(hub.clients().size()).isZero();
    }

    @Test
    void onlyThoseThatAreMeantAreListedAndCounted() {
        RecordingSink.fresh(hub, "/a");
        Subscriber second = RecordingSink.fresh(hub, "/b").subscriber();
        assertThat(hub.clients().list(ClientFilter.ofTopic("/b"), null, 10))
                .isEqualTo(new ClientPage(List.of(second.client()), false));
        assertThat(hub.clients().count(ClientFilter.ofTopic("/b"))).isEqualTo(1);
        assertThat(hub.clients().count(ClientFilter.ofTopic("/c"))).isZero();
        assertThat(hub.clients().count(ClientFilter.ALL)).isEqualTo(2);
    }

    @Test
    void pageSaysWhetherMoreOfThoseThatAreMeantFollow() {
        RecordingSink.fresh(hub, "/b");
        RecordingSink.fresh(hub, "/b");
        RecordingSink.fresh(hub, "/a");
        assertThat(hub.clients().list(ClientFilter.ofTopic("/b"), null, 1).more())
                .isTrue();
        assertThat(hub.clients().list(ClientFilter.ofTopic("/b"), null, 2).more())
                .isFalse();
    }

    @Test
    void allAreListedThoughTheyAreOnManyPages() {
        assertThat(hub.clients().all()).isEmpty();
        var all = new ArrayList<String>();
        for (int i = 0; i < 2 * ClientRegistry.MAX_LIMIT + 1; i++) {
            all.add(RecordingSink.fresh(hub, "/a").subscriber().id());
        }
        assertThat(hub.clients().all()).extracting(Client::id).isEqualTo(all);
    }

    @Test
    void allThatAreMeantAreEndedAndCountedAndNoOthers() throws InterruptedException {
        assertThat(hub.clients().endAll(ClientFilter.ALL, DisconnectReason.DISCONNECTED))
                .isZero();
        RecordingSink first = RecordingSink.fresh(hub, "/b");
        Subscriber other = RecordingSink.fresh(hub, "/a").subscriber();
        RecordingSink second = RecordingSink.fresh(hub, "/b");
        assertThat(hub.clients().endAll(ClientFilter.ofTopic("/b"), DisconnectReason.DISCONNECTED))
                .isEqualTo(2);
        assertThat(hub.clients().all()).containsExactly(other.client());
        assertThat(first.awaitEnd()).isEqualTo(DisconnectReason.DISCONNECTED);
        assertThat(second.awaitEnd()).isEqualTo(DisconnectReason.DISCONNECTED);
        assertThat(hub.clients().endAll(ClientFilter.ofTopic("/b"), DisconnectReason.DISCONNECTED))
                .isZero();
    }

    /** Otherwise one that comes back at once would be ended for ever. */
    @Test
    void clientThatComesBackWhileTheOthersAreEndedStays() {
        var back = new ArrayList<Subscriber>();
        var peer = new Peer("alice", "caller", "192.0.2.1", "test", "sse", null);
        var none = SelectorSet.of(List.of());
        hub.subscribe(
                new Subscription(none, none, peer, StartRequest.NOW),
                subscriber ->
                        endingWith(() -> back.add(RecordingSink.fresh(hub, "/a").subscriber())));
        RecordingSink.fresh(hub, "/a");
        assertThat(hub.clients().endAll(ClientFilter.ofUser("alice"), DisconnectReason.DISCONNECTED))
                .isEqualTo(2);
        assertThat(hub.clients().all()).containsExactly(back.get(0).client());
    }

    @Test
    void clientThatAnotherCallEndsMeanwhileCountsThere() {
        var made = new ArrayList<Subscriber>();
        var peer = new Peer("alice", "caller", "192.0.2.1", "test", "sse", null);
        var none = SelectorSet.of(List.of());
        hub.subscribe(
                new Subscription(none, none, peer, StartRequest.NOW),
                subscriber -> endingWith(() -> made.get(0).end(DisconnectReason.CLOSED)));
        made.add(RecordingSink.fresh(hub, "/a").subscriber());
        assertThat(hub.clients().endAll(ClientFilter.ofUser("alice"), DisconnectReason.DISCONNECTED))
                .isEqualTo(1);
        assertThat(made.get(0).ended()).isEqualTo(DisconnectReason.CLOSED);
    }

    @Test
    void clientWhoseStreamCannotBeToldIsEndedAndCounted() {
        var peer = new Peer("alice", "caller", "192.0.2.1", "test", "sse", null);
        var none = SelectorSet.of(List.of());
        hub.subscribe(
                new Subscription(none, none, peer, StartRequest.NOW),
                subscriber -> endingWith(() -> {
                    throw new OutOfMemoryError("as if");
                }));
        RecordingSink.fresh(hub, "/a");
        assertThat(hub.clients().endAll(ClientFilter.ALL, DisconnectReason.DISCONNECTED))
                .isEqualTo(2);
        assertThat(hub.clients().size()).isZero();
    }

    private static Sink endingWith(Runnable end) {
        return new Sink() {
            @Override
            public void wake() {}

            @Override
            public void end(DisconnectReason reason) {
                end.run();
            }
        };
    }

    private static SubscriberListener recording(List<String> heard) {
        return new SubscriberListener() {
            @Override
            public void connected(Client client) {
                heard.add("+" + client.id());
            }

            @Override
            public void disconnected(Client client, DisconnectReason reason) {
                heard.add("-" + client.id() + " " + reason);
            }
        };
    }
}
