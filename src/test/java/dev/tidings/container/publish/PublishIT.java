package dev.tidings.container.publish;

import static dev.tidings.testing.Publisher.FORM;
import static dev.tidings.testing.Publisher.JSON;
import static dev.tidings.testing.Publisher.NDJSON;
import static dev.tidings.testing.Publisher.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Refusals;
import dev.tidings.container.Watch;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Tokens;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of {@code /msg} arrives through a container as it was meant. */
@OfTheDoors
@EveryContainer
class PublishIT {

    private static final Tokens ALICE = Tokens.user("alice");
    private static final int MEBIBYTE = 1024 * 1024;

    private Publisher publisher;
    private Publisher alice;
    private Watch watch;

    @BeforeEach
    void watch(Container container) {
        publisher = Publisher.to(container);
        alice = Publisher.to(container, ALICE);
        watch = Watch.over(container);
    }

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void formPublishesToUsers() {
        Answer answer = publisher.post(FORM, "to=bob&to=%C3%A9+%2F&msg=a+b%0D%0A%26%C3%A9&type=note");

        assertPublished(answer, "/users/bob", "/users/%C3%A9%20%2F");
        Block event = watch.next();
        assertThat(event.data()).isEqualTo("a b\n&é");
        assertThat(event.type()).isEqualTo("note");
        assertThat(event.id()).isEqualTo(answer.json().path("id").textValue());
    }

    @Test
    void answerHasAHintWhereATopicNamesAUserAsHeIs() {
        Answer answer = publisher.post(FORM, "msg=x&topic=/users/alice@example.com");

        assertPublished(answer, "/users/alice@example.com");
        assertThat(answer.json().path("hint").textValue())
                .contains("to=alice@example.com", "\"/users/alice%40example.com\"");
        assertThat(publisher.post(FORM, "msg=x&to=alice@example.com").json().has("hint"))
                .isFalse();
    }

    @Test
    void formWithoutATopicPublishesToTheInbox() {
        assertPublished(alice.post(FORM, "msg=hi"), "/users/alice");
        assertThat(watch.next().data()).isEqualTo("hi");
    }

    @Test
    void formTakesAsMuchDataAsAnEventMayHave() {
        String data = "é".repeat(MEBIBYTE / 2);

        assertPublished(publisher.post(FORM, "topic=/big&msg=" + Publisher.encode(data)), "/big");
        assertThat(watch.next().data()).isEqualTo(data);
    }

    @Test
    void formTakesAsManyTopicsAsAnEventMayHave() {
        String topics = IntStream.rangeClosed(1, 1_000)
                .mapToObj(i -> "topic=/many/" + i + "&")
                .collect(Collectors.joining());

        Answer answer = publisher.post(FORM, topics + "msg=x");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("topics")).hasSize(1_000);
        assertThat(watch.next().data()).isEqualTo("x");

        Refusals.assertRefused(publisher.post(FORM, topics + "topic=/many/0&msg=x"), 400, "topic");
        watch.assertNothing();
    }

    @Test
    void jsonPublishesAnyValueAsItsText() {
        assertPublished(publisher.post(JSON, "{\"topic\": \"/json\", \"msg\": {\"a\": [1.10, null, \"é\"]}}"), "/json");
        assertThat(watch.next().data()).isEqualTo("{\"a\":[1.10,null,\"é\"]}");
    }

    @Test
    void textIsTheDataToTheByte() {
        assertPublished(publisher.post("?topic=/text/%7Bx%7D&id=text-1&retry=5", TEXT, " \uFEFF a=b&c\n"), "/text/{x}");
        Block event = watch.next();
        assertThat(event.data()).isEqualTo(" \uFEFF a=b&c\n");
        assertThat(event.id()).isEqualTo("text-1");
        assertThat(event.retry()).isEqualTo(5);
    }

    @Test
    void thousandLinesArePublishedInTheirOrder() {
        List<String> numbers =
                IntStream.rangeClosed(1, 1_000).mapToObj(Integer::toString).toList();
        String lines = numbers.stream()
                .map(number -> "{\"topic\":\"/lines\",\"msg\":" + number + "}\n")
                .collect(Collectors.joining());

        Answer answer = publisher.post(NDJSON, lines);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("ids")).hasSize(1_000);
        for (int i = 0; i < 1_000; i++) {
            Block event = watch.next();
            assertThat(event.data()).isEqualTo(numbers.get(i));
            assertThat(event.id()).isEqualTo(answer.json().path("ids").path(i).textValue());
        }

        assertThat(publisher.post(NDJSON, lines + "{\"topic\":\"/lines\"}").status())
                .isEqualTo(413);
        watch.assertNothing();
    }

    @Test
    void oneBadLineIsNamedAndNothingIsPublished() {
        String lines = "{\"topic\":\"/lines\"}\n".repeat(500);

        assertThat(Refusals.assertRefused(publisher.post(NDJSON, lines + "{\"topic\":7}\n" + lines), 400, "topic"))
                .startsWith("Line 501: ");
        watch.assertNothing();
    }

    @Test
    void getPublishesWithTheTokenInTheHeader() {
        Answer answer = publisher.ask("GET", "?topic=/get&msg=%C3%A9&private");

        assertPublished(answer, "/get");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(watch.next().data()).isEqualTo("é");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "PUT", "DELETE", "PATCH", "PUBLISH"})
    void noOtherMethodPublishes(String method) {
        assertThat(publisher.ask(method, "?topic=/get&msg=x").status()).isEqualTo(405);
        watch.assertNothing();
    }

    private static void assertPublished(Answer answer, String... topics) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.json().path("topics")).extracting(JsonNode::textValue).containsExactly(topics);
    }
}
