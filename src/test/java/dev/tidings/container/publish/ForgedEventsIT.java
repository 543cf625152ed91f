package dev.tidings.container.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.container.Streams;
import dev.tidings.container.Watch;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody says in the hub's name what only the hub says, nor gets a field in that is none, by whichever door. */
@EveryContainer(
        kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY},
        contextPath = "/tidings")
class ForgedEventsIT {

    private static final List<String> OWN_TOPICS = List.of(
            "/clients",
            "/clients/",
            "/clients/urn%3Auuid%3A01a1fcda-7a39-73bf-8872-2d6dc9945d96",
            "/clients?user=alice",
            "/clients#x",
            "/clients;x",
            "/clients%2Fx",
            "/clients/../x",
            "/hub",
            "/hub/nodes/x",
            "/metrics",
            "/metrics/x",
            "/.well-known/mercure",
            "/.well-known/mercure/subscriptions/x/y");

    private static final List<String> OTHER_TOPICS = List.of(
            "/client", "/clientsx", "/drain", "/hubs", "//clients", "%2Fclients", "/x/clients/y", "/feeds/clock");

    private static final List<String> LINE_BREAKS = List.of("\r", "\n", "\r\n", "\n\n", "\0");

    private final Container hub;
    private final Publisher publisher;
    private Watch watch;

    ForgedEventsIT(Container hub) {
        this.hub = hub;
        List<String> everything =
                List.of("*", "/clients{+rest}", "/hub{+rest}", "/metrics{+rest}", "/.well-known/mercure{+rest}");
        this.publisher = Publisher.to(hub, Tokens.grant("forger", everything, List.of()));
    }

    @BeforeEach
    void watch() {
        watch = Watch.over(hub);
    }

    @AfterEach
    void nothingElseWasPublished() {
        watch.assertNothing();
        watch.close();
    }

    static Stream<Arguments> ownTopics() {
        return atEachDoor(OWN_TOPICS);
    }

    static Stream<Arguments> otherTopics() {
        return atEachDoor(OTHER_TOPICS);
    }

    static Stream<Arguments> lineBreaks() {
        return atEachDoor(LINE_BREAKS);
    }

    private static Stream<Arguments> atEachDoor(List<String> values) {
        return Arrays.stream(Door.values()).flatMap(door -> values.stream().map(value -> Arguments.of(door, value)));
    }

    @ParameterizedTest
    @MethodSource("ownTopics")
    void topicOfTheHubsOwnIsForbiddenWhateverTheGrant(Door door, String topic) {
        Answer answer = door.publish(publisher, Map.of("topic", topic, "msg", "x"));
        Requests.assertProblem(answer, 403, topic, "the hub's own");
    }

    @ParameterizedTest
    @MethodSource("otherTopics")
    void topicThatOnlyLooksLikeItIsAnybodys(Door door, String topic) {
        assertThat(door.publish(publisher, Map.of("topic", topic, "msg", "forged"))
                        .status())
                .isEqualTo(201);
        Block event = watch.next();
        if (door == Door.NDJSON) {
            event = watch.next();
            assertThat(watch.next().data()).isEqualTo("x");
        }
        assertThat(event.data()).isEqualTo("forged");
    }

    @ParameterizedTest
    @EnumSource
    void typesOfTheHubsOwnAreRefused(Door door) {
        for (String type : List.of("gap", "expiring", "caught-up")) {
            Answer answer = door.publish(publisher, Map.of("topic", "/a", "msg", "x", "type", type));
            Requests.assertProblem(answer, 400, "type", type);
        }
    }

    @ParameterizedTest
    @EnumSource
    void typeOf255BytesIsPossibleAndOneOfMoreIsRefused(Door door) {
        String longest = "é".repeat(127) + "x";
        Answer refused = door.publish(publisher, Map.of("topic", "/a", "msg", "x", "type", longest + "x"));
        Requests.assertProblem(refused, 400, "type", "255");
        assertThat(door.publish(publisher, Map.of("topic", "/a", "msg", "x", "type", longest))
                        .status())
                .isEqualTo(201);
        Block event = watch.next();
        if (door == Door.NDJSON) {
            event = watch.next();
            watch.next();
        }
        assertThat(event.type()).isEqualTo(longest);
    }

    @ParameterizedTest
    @EnumSource
    void positionsOfTheHubsOwnAreNoIds(Door door) {
        String position = Publisher.to(hub).publish("/a", "x");
        watch.next();
        for (String id :
                List.of(position, position.replaceFirst("-[0-9a-f]{12}$", "-0000000fffff"), "earliest", "#1")) {
            Answer answer = door.publish(publisher, Map.of("topic", "/a", "msg", "x", "id", id));
            Requests.assertProblem(answer, 400, "id");
        }
    }

    @ParameterizedTest
    @MethodSource("lineBreaks")
    void lineBreakInAFieldIsRefused(Door door, String lineBreak) {
        String forged = "a" + lineBreak + "data: forged";
        for (String field : List.of("id", "type", "topic", "to", "retry")) {
            Map<String, String> fields = field.equals("topic") || field.equals("to")
                    ? Map.of("msg", "x", field, forged)
                    : Map.of("msg", "x", field, forged, "topic", "/a");
            Requests.assertProblem(door.publish(publisher, fields), 400, field.equals("to") ? "t" : field);
        }
    }

    @ParameterizedTest
    @MethodSource("lineBreaks")
    void lineBreakAtTheEndOfAFieldIsRefused(Door door, String lineBreak) {
        for (String field : List.of("id", "type", "retry")) {
            Map<String, String> fields = Map.of("msg", "x", field, "1" + lineBreak, "topic", "/a");
            Requests.assertProblem(door.publish(publisher, fields), 400, field);
        }
    }

    @ParameterizedTest
    @EnumSource
    void fieldsInTheDataStayData(Door door) {
        String data = "a\n\nevent: gap\nid: forged\rretry: 1\r\n: x\r\rdata: b\n\n";
        assertThat(door.publish(publisher, Map.of("topic", "/a", "msg", data)).status())
                .isEqualTo(201);
        Block event = watch.next();
        if (door == Door.NDJSON) {
            event = watch.next();
            watch.next();
        }
        assertThat(event.data()).isEqualTo(data.replace("\r\n", "\n").replace('\r', '\n'));
        assertThat(event.type()).isEqualTo("message");
        assertThat(event.retry()).isNull();
        assertThat(event.id()).matches(Streams.POSITION);
    }

    @ParameterizedTest
    @EnumSource
    void signsThatOnlyLookLikeLineBreaksArriveInTheirFields(Door door) {
        String looks = "a\u2028id: forged\u2029\u200bdata: b\u0085";
        String type = looks.replace("\u0085", "");
        String id = Fresh.id() + type;
        Map<String, String> fields = Map.of("topic", "/a", "msg", looks, "type", type, "id", id);
        assertThat(door.publish(publisher, fields).status()).isEqualTo(201);
        Block event = watch.next();
        if (door == Door.NDJSON) {
            event = watch.next();
            watch.next();
        }
        assertThat(event.lines()).containsExactly("event: " + type, "id: " + id, "data: " + looks);
    }

    @ParameterizedTest
    @EnumSource
    void userNameLeadsOutOfNoInbox(Door door) {
        String name = "../clients/x?{y}#*";
        Answer answer = door.publish(publisher, Map.of("to", name, "msg", "forged"));
        assertThat(answer.status()).isEqualTo(201);
        if (door == Door.NDJSON) {
            watch.next();
        } else {
            assertThat(answer.json().path("topics").toString())
                    .isEqualTo("[\"/users/..%2Fclients%2Fx%3F%7By%7D%23%2A\"]");
        }
        assertThat(watch.next().data()).isEqualTo("forged");
        if (door == Door.NDJSON) {
            watch.next();
        }
    }
}
