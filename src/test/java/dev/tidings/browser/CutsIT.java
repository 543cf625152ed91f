package dev.tidings.browser;

import static dev.tidings.browser.Console.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.LaunchDarklyClient;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Rounds;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Every connection between a hub and its clients is cut again and again, at random times, for a minute where there is
 * time for that: Chromium's EventSource shows every number once, in order, and so does okhttp-eventsource.
 */
@InBrowser
class CutsIT {

    private static final int NUMBERS = Rounds.of(80, 400);
    private static final Duration PACE = Duration.ofMillis(150);
    private static final int CUT_ONE_IN = 10;

    private final Random random = new Random(7);

    @Test
    void everyNumberIsShownOnceInOrder(Tabs tabs) {
        try (Container jetty = start(ContainerKind.JETTY);
                Container tomcat = start(ContainerKind.TOMCAT_11);
                Clients onJetty = new Clients(jetty, tabs);
                Clients onTomcat = new Clients(tomcat, tabs)) {
            var expected = IntStream.rangeClosed(1, NUMBERS)
                    .mapToObj(Integer::toString)
                    .toList();
            long due = System.nanoTime();
            for (String number : expected) {
                onJetty.next(number);
                onTomcat.next(number);
                due += PACE.toNanos();
                LockSupport.parkNanos(due - System.nanoTime());
            }
            onJetty.assertHave(expected);
            onTomcat.assertHave(expected);
        }
    }

    private static Container start(ContainerKind kind) {
        return ContainerSpec.of(kind).set("tidings.retry", "100ms").start();
    }

    /** The two clients of one hub, and the network that they share. */
    private final class Clients implements AutoCloseable {

        private final CuttableProxy proxy;
        private final Publisher publisher;
        private final Console console;
        private final LaunchDarklyClient client;
        private final List<String> read = new CopyOnWriteArrayList<>();
        private int cuts;

        Clients(Container hub, Tabs tabs) {
            proxy = CuttableProxy.to(hub.uri());
            publisher = Publisher.to(hub);
            Tokens alice = Tokens.user("alice");
            console = Console.with(proxy.uri("/login"), tabs, alice.jwt());
            console.tab().mayComplain("net::ERR_|Failed to load resource");
            client = new LaunchDarklyClient(
                    proxy.uri("/events?lastEventID=earliest"),
                    "Authorization",
                    alice.bearer(),
                    (type, event) -> read.add(event.getData()));
        }

        /** Publishes the next number, and perhaps cuts. */
        void next(String number) {
            publisher.publish(Map.of("to", "alice", "msg", number));
            if (random.nextInt(CUT_ONE_IN) == 0) {
                proxy.down();
                cuts++;
            }
            if (random.nextBoolean()) {
                proxy.up();
            }
        }

        void assertHave(List<String> expected) {
            proxy.up();
            Eventually.holds("okhttp-eventsource has all", () -> read.size() >= expected.size());
            assertThat(read).isEqualTo(expected);
            assertThat(console.data()).hasText(expected.toArray(String[]::new));
            assertThat(cuts).isGreaterThan(NUMBERS / CUT_ONE_IN / 2);
        }

        @Override
        public void close() {
            client.close();
            proxy.close();
        }
    }
}
