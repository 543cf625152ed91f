package dev.tidings.http.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Event;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.EventLog;
import dev.tidings.hub.Hub;
import dev.tidings.hub.HubLimits;
import dev.tidings.hub.Refusals;
import dev.tidings.hub.Subscriber;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.ManualClock;
import dev.tidings.testing.SilentSink;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators are told of those who come and go, as long as there is an operator who hears it. */
class ClientEventsTest {

    private final ManualClock clock = new ManualClock();
    private final MemoryLog log =
            new MemoryLog(new Retention(100, Duration.ofHours(1), 1 << 20, SelectorSet.of(List.of())), clock);
    private final AtomicInteger said = new AtomicInteger();
    private final Hub hub =
            new Hub(counting(), HubLimits.ofOutbox(64, 1 << 20), new Refusals(System::nanoTime), "node-1", clock);

    @BeforeEach
    void listen() {
        hub.addListener(new ClientEvents(hub, hub.interest(ClientEvents.PREFIX)));
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void comingAndGoingIsToldWithTheClientsEntryAndTheReason() {
        Subscriber operator = subscribe("/clients{/id}", "/clients{/id}");
        Subscriber client = subscribe("/none", "/a");
        client.end(DisconnectReason.EXPIRED);
        List<Event> told = heard(operator, 3);
        assertThat(told)
                .extracting(Event::type)
                .containsExactly("client.connected", "client.connected", "client.disconnected");
        Event gone = told.get(2);
        assertThat(gone.isPrivate()).isTrue();
        assertThat(gone.topics())
                .containsExactly("/clients/" + client.id().replace(":", "%3A"), "/clients/" + client.id());
        assertThat(gone.data())
                .contains("\"id\":\"" + client.id() + "\"", "\"topics\":[\"/a\"]", "\"node\":\"node-1\"")
                .endsWith(",\"reason\":\"expired\"}");
        assertThat(told.get(1).data()).contains(client.id()).doesNotContain("reason");
    }

    @Test
    void operatorHearsFromWhenItAsks() {
        Subscriber operator = subscribe("/clients{/id}", "/a");
        Subscriber before = subscribe("/none", "/a");
        operator.change(subscription -> subscription.withTopics(SelectorSet.parse(List.of("/clients{/id}"))));
        before.end(DisconnectReason.CLOSED);
        assertThat(heard(operator, 1)).extracting(Event::type).containsExactly("client.disconnected");
    }

    @Test
    void nothingIsSaidWhileNobodyHears() {
        Subscriber operator = subscribe("/none", "/clients{/id}");
        subscribe("/none", "/a").end(DisconnectReason.CLOSED);
        assertThat(said).hasValue(0);
        operator.change(subscription -> subscription.withGranted(SelectorSet.parse(List.of("/clients{/id}"))));
        subscribe("/none", "/a").end(DisconnectReason.CLOSED);
        assertThat(said).hasValue(2);
        operator.end(DisconnectReason.CLOSED);
        subscribe("/none", "/a").end(DisconnectReason.CLOSED);
        assertThat(said).hasValue(2);
    }

    /** The log, with what is said counted. */
    private EventLog counting() {
        return (EventLog) Proxy.newProxyInstance(
                EventLog.class.getClassLoader(), new Class<?>[] {EventLog.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("pass")) {
                        said.incrementAndGet();
                    }
                    return method.invoke(log, arguments);
                });
    }

    private Subscriber subscribe(String granted, String topic) {
        return SilentSink.subscribe(hub, List.of(topic), List.of(granted));
    }

    private static List<Event> heard(Subscriber operator, int count) {
        Eventually.holds("it was told", () -> operator.queued() == count);
        return operator.next(100, 1 << 20);
    }
}
