package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many events that are looked for by their ids, near each other or not. */
class EventFinderTest extends HubFixture {

    @Test
    void eventsAreFoundWhereverTheyStand() {
        for (int n = 0; n < 3000; n++) {
            hub.publish(List.of(named(n, "data " + n)));
        }
        List<String> ids = IntStream.range(0, 3000)
                .filter(n -> n < 20 || n % 7 == 0 || n > 2990)
                .mapToObj(n -> "id-" + n)
                .toList();
        Map<String, Event> found = hub.find(ids);
        assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(found).allSatisfy((id, event) -> assertThat(event.data()).isEqualTo("data " + id.substring(3)));
    }

    @Test
    void eventsThatDoNotFitIntoOnePageAreFound() {
        String large = "x".repeat(3 << 20);
        var ids = new ArrayList<String>();
        for (int n = 0; n < 7; n++) {
            hub.publish(List.of(named(n, large)));
            ids.add("id-" + n);
        }
        assertThat(hub.find(ids)).hasSize(7);
    }

    @Test
    void whatIsUnknownOrForgottenOrErasedIsNotFound() {
        hub.publish(List.of(named(1, "forgotten")));
        publishMany(1, HISTORY);
        hub.publish(List.of(named(2, "erased")));
        hub.publish(List.of(named(3, "stored")));
        hub.erase(Erasure.ofId("id-2"));
        assertThat(hub.find(List.of("id-1", "id-2", "id-3", "id-4"))).containsOnlyKeys("id-3");
        assertThat(hub.find(List.<String>of())).isEmpty();
    }

    /** History forgets the first of them when it has told where they are. */
    @Test
    void eventThatGoesMeanwhileDoesNotHideThoseBehindIt() {
        hub.publish(List.of(named(1, "goes"), named(2, "stays"), named(3, "stays")));
        publishMany(1, HISTORY - 3);
        EventLog moving = (EventLog) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EventLog.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(log, arguments);
                    if (method.getName().equals("findAll")) {
                        publishMany(1, 1);
                    }
                    return answer;
                });
        assertThat(new EventFinder(moving).find(List.of("id-1", "id-2", "id-3")))
                .containsOnlyKeys("id-2", "id-3");
    }

    private static PublishRequest named(int number, String data) {
        return new PublishRequest(List.of("/a"), null, data, "id-" + number, null, false);
    }
}
