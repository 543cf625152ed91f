package dev.tidings.container.mercure;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.ConfiguredHub;
import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.container.Site;
import dev.tidings.testing.Container;
import dev.tidings.testing.StreamRecorder;
import org.junit.jupiter.api.Test;

/** The Mercure door without a token, where the hub is configured to open streams so. */
@ConfiguredHub
class MercureAnonymousIT {

    private final String topic = Fresh.topic();
    private final Container hub;

    MercureAnonymousIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void publicEventsComeAndPrivateOnesDoNot() {
        try (StreamRecorder stream = Mercure.open(hub.stream(Mercure.hub(topic)))) {
            Mercure.publish(hub, "topic", topic, "data", "private", "private", "");
            Mercure.publish(hub, "topic", topic, "data", "public");
            assertThat(stream.next().data()).isEqualTo("public");
        }
    }

    @Test
    void topicIsRequired() {
        assertProblem(Requests.get(hub, Mercure.PATH), 400, "Missing \"topic\" parameter");
    }

    @Test
    void nobodyPublishesWithoutAToken() {
        assertProblem(Site.post(hub, Mercure.PATH, Mercure.form("topic", topic)), 401);
    }

    @Test
    void nobodySeesSubscriptionsWithoutAToken() {
        assertProblem(Site.send(hub, "GET", Mercure.SUBSCRIPTIONS), 401);
    }

    @Test
    void badTokenIsRefusedEvenSo() {
        assertProblem(Requests.get(hub, Mercure.hub(topic), "Authorization: Bearer bad"), 401);
    }
}
