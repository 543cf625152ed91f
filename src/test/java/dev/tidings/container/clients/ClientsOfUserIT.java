package dev.tidings.container.clients;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.ConfiguredHub;
import dev.tidings.container.Fresh;
import dev.tidings.container.Site;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamEnd;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An operator ends all clients of a user, and never others by mistake. */
@ConfiguredHub
class ClientsOfUserIT {

    private final String user = Fresh.user();
    private final Container hub;

    ClientsOfUserIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void allAreGoneWhenTheAnswerIsThere() {
        try (StreamRecorder first = Clients.open(hub, user, "/a");
                StreamRecorder second = Clients.open(hub, user, "/b");
                SocketClient socket = SocketClient.open(hub, "/ws?topic=/a", Tokens.user(user))) {
            assertThat(end("?user=" + user)).isEqualTo(3);
            assertThat(Clients.of(hub, user)).isEmpty();
            assertThat(first.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
            assertThat(second.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
            assertThat(socket.awaitClose()).isEqualTo(1008);
            assertThat(end("?user=" + user)).isZero();
        }
    }

    @Test
    void operatorsAreToldOfEachWithTheReason() {
        try (StreamRecorder following = Clients.follow(hub);
                StreamRecorder first = Clients.open(hub, user, "/a");
                StreamRecorder second = Clients.open(hub, user, "/a")) {
            end("?user=" + user);
            assertThat(Clients.reason(following, user)).isEqualTo("disconnected");
            assertThat(Clients.reason(following, user)).isEqualTo("disconnected");
            first.awaitEnd();
            second.awaitEnd();
        }
    }

    @Test
    void clientsOfOthersStay() {
        String topic = Fresh.topic();
        try (StreamRecorder longer = Clients.open(hub, user + "x", topic);
                StreamRecorder anonymous = Streams.open(hub.stream(Streams.events(topic)))) {
            assertThat(end("?user=" + user)).isZero();
            Publisher.to(hub).publish(topic, "x");
            assertThat(longer.next().data()).isEqualTo("x");
            assertThat(anonymous.next().data()).isEqualTo("x");
        }
    }

    @Test
    void userWithAnyNameIsEnded() {
        String strange = user + " &=é?";
        try (StreamRecorder stream = Clients.open(hub, strange, "/a")) {
            assertThat(end("?user=" + Streams.encode(strange))).isEqualTo(1);
            stream.awaitEnd();
        }
    }

    @Test
    void tokenMayStandInTheAddress() {
        try (StreamRecorder stream = Clients.open(hub, user, "/a")) {
            String query = "?user=" + user + "&token=" + Tokens.operator().jwt();
            Answer answer = Site.send(hub, "DELETE", "/clients" + query);
            assertThat(answer.body()).isEqualTo("{\"ended\":1}\n");
            stream.awaitEnd();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "'' => user",
                "/ => user",
                "?user= => user",
                "?user => user",
                "?user=USER&user=USER => user",
                "?user=USER&user= => user",
                "?usr=USER => usr",
                "?User=USER => User",
                "?topic=/a => topic",
                "?user=USER&topic=/b => topic",
                "?user=USER&node=node-7 => node",
                "?user=USER&limit=1 => limit",
                "?user=USER&after=x => after",
                "?user=%ff => user",
            })
    void whatDoesNotSayOneUserAndNoMoreEndsNobody(String query, String field) {
        try (StreamRecorder stream = Clients.open(hub, user, "/a")) {
            Answer answer = Clients.ask(hub, "DELETE", query.replace("USER", user));
            assertProblem(answer, 400, field);
            assertThat(answer.json().path("field").textValue()).isEqualTo(field);
            assertThat(Clients.of(hub, user)).hasSize(1);
            assertThat(stream.status()).isEqualTo(200);
        }
    }

    private int end(String query) {
        Answer answer = Clients.ask(hub, "DELETE", query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("ended").intValue();
    }
}
