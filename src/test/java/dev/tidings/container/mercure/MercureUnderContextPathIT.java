package dev.tidings.container.mercure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The WAR under a path of its own: addresses move below it; topics, ids and grants do not. */
@EveryContainer(
        kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY},
        contextPath = "/tidings")
class MercureUnderContextPathIT {

    private final String topic = Fresh.topic();
    private final Container hub;

    MercureUnderContextPathIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void eventsArePublishedAndDelivered() {
        try (StreamRecorder stream = Mercure.open(hub, topic)) {
            String id = Mercure.publish(hub, "topic", topic, "data", "hello");
            assertThat(stream.next().id()).isEqualTo(id);
        }
    }

    @Test
    void topicsOfSubscriptionsAreWhatTheyAreEverywhere() {
        try (StreamRecorder following = Mercure.open(hub, Mercure.EVENTS);
                StreamRecorder stream = Mercure.open(hub, topic)) {
            JsonNode told = Mercure.next(following, topic);
            JsonNode member = Mercure.subscriptions(hub, topic).get(0);
            assertThat(told.path("id").asText())
                    .startsWith(Mercure.SUBSCRIPTIONS + "/")
                    .isEqualTo(member.path("id").asText());
            assertThat(stream.status()).isEqualTo(200);
        }
    }

    @Test
    void grantsNameThePathBelowTheContext() {
        assertThat(Mercure.documents(hub, Mercure.subscriber(Mercure.SUBSCRIPTIONS), "")
                        .status())
                .isEqualTo(200);
        assertThat(Mercure.documents(hub, Mercure.subscriber("/tidings" + Mercure.SUBSCRIPTIONS), "")
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void homePageLeadsToTheHub(String method) {
        Answer home = Requests.send(method, hub, "/");
        String link = home.header("Link");
        assertThat(link).isEqualTo("<" + hub.uri() + Mercure.PATH + ">; rel=\"mercure\"");
        URI found = URI.create(link.substring(1, link.indexOf('>')));
        assertThat(found.getPath()).isEqualTo("/tidings" + Mercure.PATH);
        Answer answer = Requests.get(hub, Mercure.hub(topic), Mercure.header(Tokens.operator()));
        assertThat(answer.status()).isEqualTo(200);
    }
}
