package dev.tidings.container.mercure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the hub says of subscriptions that begin and end, as draft 07 of Mercure has it. */
@OfTheDoors
@EveryContainer(kinds = ContainerKind.TOMCAT_11)
class MercureSubscriptionEventsIT {

    private final String topic = "https://example.com" + Fresh.topic() + "/{id}";
    private final Container hub;

    MercureSubscriptionEventsIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void beginningAndEndAreToldForEachSelector() {
        String user = Fresh.user();
        try (StreamRecorder following = Mercure.open(hub, Mercure.EVENTS);
                StreamRecorder stream = Mercure.open(Mercure.request(hub, Tokens.user(user), topic, topic + "/b"))) {
            String subscriber = Clients.idOf(hub, user);
            assertTold(Mercure.next(following, topic), topic, subscriber, true);
            assertTold(Mercure.next(following, topic + "/b"), topic + "/b", subscriber, true);
            Clients.end(hub, subscriber);
            stream.awaitEnd();
            assertTold(Mercure.next(following, topic), topic, subscriber, false);
            assertTold(Mercure.next(following, topic + "/b"), topic + "/b", subscriber, false);
        }
    }

    @Test
    void eventHasNoTypeAndThePositionOfTheLogsEnd() {
        try (StreamRecorder following = Mercure.open(hub, Mercure.EVENTS);
                StreamRecorder stream = Mercure.open(hub, topic)) {
            assertThat(following.next().lines())
                    .hasSize(3)
                    .element(1)
                    .asString()
                    .matches("id: " + Streams.POSITION);
            assertThat(stream.status()).isEqualTo(200);
        }
    }

    @Test
    void payloadIsToldAtBothEnds() {
        try (StreamRecorder following = Mercure.open(hub, Mercure.EVENTS)) {
            Tokens token = Mercure.saying(Map.of("foo", "bar"));
            try (StreamRecorder stream = Mercure.open(Mercure.request(hub, token, topic))) {
                JsonNode began = Mercure.next(following, topic);
                assertThat(began.path("active").asBoolean()).isTrue();
                assertThat(began.path("payload").path("foo").asText()).isEqualTo("bar");
                Clients.end(hub, began.path("subscriber").asText());
                stream.awaitEnd();
            }
            JsonNode ended = Mercure.next(following, topic);
            assertThat(ended.path("active").asBoolean()).isFalse();
            assertThat(ended.path("payload").path("foo").asText()).isEqualTo("bar");
        }
    }

    @Test
    void documentIsTrueWhenItsEventArrives() {
        try (StreamRecorder following = Mercure.open(hub, Mercure.EVENTS)) {
            for (int i = 0; i < 10; i++) {
                try (StreamRecorder stream = Mercure.open(hub, topic)) {
                    JsonNode began = Mercure.next(following, topic);
                    String one = "?topic=" + Streams.encode(topic) + "&subscriber="
                            + Streams.encode(began.path("subscriber").asText());
                    assertThat(Mercure.document(hub, one).path("active").asBoolean())
                            .isTrue();
                    Clients.end(hub, began.path("subscriber").asText());
                    assertThat(Mercure.next(following, topic).path("active").asBoolean())
                            .isFalse();
                    Answer gone = Mercure.documents(hub, Tokens.operator(), one);
                    assertThat(gone.status()).isEqualTo(404);
                    stream.awaitEnd();
                }
            }
        }
    }

    @Test
    void onlyWhoIsGrantedHearsOfIt() {
        String plain = Fresh.topic();
        Tokens stranger = Mercure.subscriber("/other/{x}");
        try (StreamRecorder deaf = Mercure.open(Mercure.request(hub, stranger, Mercure.EVENTS, plain));
                StreamRecorder hears =
                        Mercure.open(Mercure.request(hub, Mercure.subscriber(Mercure.EVENTS), Mercure.EVENTS, plain));
                StreamRecorder stream = Mercure.open(hub, topic)) {
            assertThat(Mercure.next(hears, topic).path("active").asBoolean()).isTrue();
            Publisher.to(hub).publish(plain, "end");
            assertThat(deaf.next().data()).isEqualTo("end");
            assertThat(stream.status()).isEqualTo(200);
        }
    }

    @Test
    void grantOfEverythingHearsNothingOfIt() {
        String plain = Fresh.topic();
        try (StreamRecorder deaf = Mercure.open(
                        Mercure.request(hub, Mercure.subscriber("*", "{+any}"), "*", Mercure.EVENTS, plain));
                StreamRecorder hears = Mercure.open(hub, Mercure.EVENTS);
                StreamRecorder stream = Mercure.open(hub, topic)) {
            assertThat(Mercure.next(hears, topic).path("active").asBoolean()).isTrue();
            Publisher.to(hub).publish(plain, "end");
            assertThat(deaf.next().data()).isEqualTo("end");
            assertThat(stream.status()).isEqualTo(200);
        }
    }

    @Test
    void grantNamesASubscriberByItsIdEitherWay() {
        String user = Fresh.user();
        try (StreamRecorder stream = Mercure.open(Mercure.request(hub, Tokens.user(user), topic))) {
            String id = Clients.idOf(hub, user);
            String ofTopic = Mercure.SUBSCRIPTIONS + "/" + Streams.encode(topic) + "/";
            String document = "?topic=" + Streams.encode(topic) + "&subscriber=" + Streams.encode(id);
            for (String named : List.of(ofTopic + id, ofTopic + Streams.encode(id))) {
                Tokens token = Mercure.subscriber(named);
                assertThat(Mercure.documents(hub, token, document).status()).isEqualTo(200);
            }
            try (StreamRecorder plain =
                    Mercure.open(Mercure.request(hub, Mercure.subscriber(ofTopic + id), Mercure.EVENTS))) {
                Clients.end(hub, id);
                stream.awaitEnd();
                assertThat(Mercure.next(plain, topic).path("active").asBoolean())
                        .isFalse();
            }
        }
    }

    @Test
    void oneTopicSelectorCanBeFollowed() {
        String one = Mercure.SUBSCRIPTIONS + "/" + Streams.encode(topic) + "/{subscriber}";
        try (StreamRecorder following = Mercure.open(hub, one);
                StreamRecorder other = Mercure.open(hub, topic + "/other");
                StreamRecorder stream = Mercure.open(hub, topic)) {
            assertThat(Streams.json(following.next()).path("topic").asText()).isEqualTo(topic);
            assertThat(other.status()).isEqualTo(stream.status());
        }
    }

    @Test
    void whoFollowsHearsOfItselfAndOfEventsStreams() {
        String own =
                Mercure.SUBSCRIPTIONS + "/{topic}/{subscriber}{?x" + Fresh.id().replace("-", "") + "}";
        try (StreamRecorder following = Mercure.open(hub, own);
                StreamRecorder stream = Streams.open(hub, topic)) {
            assertThat(Mercure.next(following, own).path("active").asBoolean()).isTrue();
            assertThat(Mercure.next(following, topic).path("active").asBoolean())
                    .isTrue();
            assertThat(stream.status()).isEqualTo(200);
        }
    }

    @Test
    void eventsAreNeverKept() {
        try (StreamRecorder following = Mercure.open(hub, Mercure.EVENTS);
                StreamRecorder stream = Mercure.open(hub, topic)) {
            Mercure.next(following, topic);
            String plain = Fresh.topic();
            Publisher.to(hub).publish(plain, "held");
            try (StreamRecorder late = Mercure.open(
                    Mercure.request(hub, Mercure.subscriber("*"), Mercure.SUBSCRIPTIONS + "{/rest*}", plain)
                            .after("earliest"))) {
                assertThat(late.next().data()).isEqualTo("held");
            }
            assertThat(stream.status()).isEqualTo(200);
        }
    }

    /** Such a one is in the documents and works as any other; there is only no topic to tell of it on. */
    @Test
    void selectorTooLongForATopicHarmsNobody() {
        String endless = "/" + "é".repeat(900);
        try (StreamRecorder following = Mercure.open(hub, Mercure.EVENTS);
                StreamRecorder stream = Mercure.open(hub, endless);
                StreamRecorder last = Mercure.open(hub, topic)) {
            assertThat(Mercure.next(following, topic).path("active").asBoolean())
                    .isTrue();
            Publisher.to(hub).publish(endless, "x");
            assertThat(stream.next().data()).isEqualTo("x");
            assertThat(last.status()).isEqualTo(200);
        }
    }

    private static void assertTold(JsonNode document, String topic, String subscriber, boolean active) {
        assertThat(document.properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("@context", "id", "type", "topic", "subscriber", "active");
        assertThat(document.path("id").asText())
                .isEqualTo(Mercure.SUBSCRIPTIONS + "/" + Streams.encode(topic) + "/" + Streams.encode(subscriber));
        assertThat(document.path("type").asText()).isEqualTo("Subscription");
        assertThat(document.path("subscriber").asText()).isEqualTo(subscriber);
        assertThat(document.path("active").asBoolean()).isEqualTo(active);
    }
}
