package dev.tidings.container.mercure;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import org.junit.jupiter.api.Test;

/** Addresses with topics in their paths, on containers that let them through, as the deployment guide has it. */
@OfTheDoors
@EveryContainer(relaxedUris = true)
class MercureAddressesIT {

    private final String topic = "https://example.com" + Fresh.topic() + "/{id}?a=b+c&é";
    private final String user = Fresh.user();
    private final Container hub;

    MercureAddressesIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void documentsAreWhereTheirIdsSay() {
        try (StreamRecorder stream = Mercure.open(Mercure.request(hub, Tokens.user(user), topic))) {
            JsonNode member = Mercure.subscriptions(hub, topic).get(0);
            JsonNode one = Mercure.document(hub, below(member));
            assertThat(one.path("topic").asText()).isEqualTo(topic);
            assertThat(one.path("subscriber").asText()).isEqualTo(Clients.idOf(hub, user));

            String collection = below(member).substring(0, below(member).lastIndexOf('/'));
            JsonNode all = Mercure.document(hub, collection);
            assertThat(all.path("id").asText()).isEqualTo(Mercure.SUBSCRIPTIONS + collection);
            assertThat(all.path("subscriptions")).containsExactly(member);
            assertThat(stream.status()).isEqualTo(200);
        }
    }

    @Test
    void escapesMayBeWrittenInEitherWay() {
        String plain = Fresh.topic();
        try (StreamRecorder stream = Mercure.open(Mercure.request(hub, Tokens.user(user), plain))) {
            String subscriber = Clients.idOf(hub, user);
            for (String path : new String[] {"/" + Streams.encode(plain), "/" + plain.replace("/", "%2f")}) {
                JsonNode one = Mercure.document(hub, path + "/" + subscriber);
                assertThat(one.path("id").asText())
                        .isEqualTo(
                                Mercure.SUBSCRIPTIONS + "/" + Streams.encode(plain) + "/" + Streams.encode(subscriber));
            }
            assertThat(stream.status()).isEqualTo(200);
        }
    }

    @Test
    void bracesMayStandAsTheyAre() {
        String template = "braces{id}" + user;
        try (StreamRecorder stream = Mercure.open(Mercure.request(hub, Tokens.user(user), template))) {
            assertThat(Mercure.document(hub, "/" + template).path("subscriptions"))
                    .hasSize(1);
            assertThat(stream.status()).isEqualTo(200);
        }
    }

    @Test
    void selectorHasToMatchThePathAsATemplateExpandsToIt() {
        String path = "/" + Fresh.topic().replace("/", "%2f");
        Tokens good = Mercure.subscriber(Mercure.SUBSCRIPTIONS + path.replace("%2f", "%2F"));
        assertThat(Mercure.documents(hub, good, path).status()).isEqualTo(200);
        assertProblem(Mercure.documents(hub, good, path + "x"), 403);
        Answer one = Mercure.documents(hub, Mercure.subscriber(Mercure.EVENTS), path);
        assertProblem(one, 403, Mercure.SUBSCRIPTIONS);
    }

    @Test
    void encodedSlashesLeadPastNoGrant() {
        Tokens narrow = Mercure.subscriber(Mercure.SUBSCRIPTIONS + "/{topic}");
        for (String path : new String[] {"/x%2fy/..%2f..", "/x/%2e%2e", "%2fx", "/x/y%2f..%2f.."}) {
            assertThat(Mercure.documents(hub, narrow, path).status()).isIn(400, 403, 404);
        }
    }

    /** The part of this document's id that follows the address of all subscriptions. */
    private static String below(JsonNode document) {
        return document.path("id").asText().substring(Mercure.SUBSCRIPTIONS.length());
    }
}
