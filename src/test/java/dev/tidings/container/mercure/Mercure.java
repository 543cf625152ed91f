package dev.tidings.container.mercure;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Fresh;
import dev.tidings.container.Site;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The Mercure door of a hub, as its publishers and subscribers use it. */
final class Mercure {

    static final String PATH = "/.well-known/mercure";
    static final String SUBSCRIPTIONS = PATH + "/subscriptions";

    /** The topics of all subscription events. */
    static final String EVENTS = SUBSCRIPTIONS + "/{topic}/{subscriber}";

    private Mercure() {}

    /** The target of a stream of these topic selectors. */
    static String hub(String... topics) {
        return Arrays.stream(topics)
                .map(topic -> "topic=" + Streams.encode(topic))
                .collect(joining("&", PATH + "?", ""));
    }

    /** A request for a stream of these topic selectors with this token. */
    static StreamRequest request(Container hub, Tokens token, String... topics) {
        return hub.stream(hub(topics)).with(token);
    }

    /** Opens a stream of these topic selectors, with a token that may have everything, and takes its opening. */
    static StreamRecorder open(Container hub, String... topics) {
        return open(request(hub, Tokens.operator(), topics));
    }

    /** Opens a stream, whose first line is a comment. */
    static StreamRecorder open(StreamRequest request) {
        StreamRecorder stream = request.open();
        assertThat(stream.status()).as(stream::toString).isEqualTo(200);
        Eventually.holds("it begins", () -> Streams.text(stream).startsWith(":\n"));
        return stream;
    }

    /** A form of these fields, names and values by turns. */
    static String form(String... namesAndValues) {
        var form = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(namesAndValues[i])
                    .append('=')
                    .append(Streams.encode(namesAndValues[i + 1]));
        }
        return form.toString();
    }

    /** The answer to this form, with a token that may publish everything. */
    static Answer post(Container hub, String form) {
        return post(hub, form, Tokens.operator());
    }

    static Answer post(Container hub, String form, Tokens token) {
        return Site.post(hub, PATH, form, header(token));
    }

    /** Publishes an event of these fields and returns its id. */
    static String publish(Container hub, String... namesAndValues) {
        Answer answer = post(hub, form(namesAndValues));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    static String header(Tokens token) {
        return "Authorization: " + token.bearer();
    }

    /** A token that may do nothing but subscribe to these. */
    static Tokens subscriber(String... topics) {
        return Tokens.grant(Fresh.user(), List.of(), List.of(topics));
    }

    /** A subscriber whose token says this to others. */
    static Tokens saying(Object payload) {
        return Tokens.user(Fresh.user()).claim(Tokens.CLAIM, Map.of("payload", payload));
    }

    /** The answer to a request for documents, below {@code …/subscriptions}. */
    static Answer documents(Container hub, Tokens token, String target, String... headers) {
        String lines = String.join("|", headers);
        return Site.send(hub, "GET", SUBSCRIPTIONS + target, header(token), lines);
    }

    /** The document there, as one sees it who may see all. */
    static JsonNode document(Container hub, String target) {
        Answer answer = documents(hub, Tokens.operator(), target);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    /** The subscriptions to this topic selector, by query. */
    static JsonNode subscriptions(Container hub, String topic) {
        return document(hub, "?topic=" + Streams.encode(topic)).path("subscriptions");
    }

    /** What the next subscription event about this topic selector says. */
    static JsonNode next(StreamRecorder following, String topic) {
        while (true) {
            JsonNode document = Streams.json(following.next());
            if (document.path("topic").asText().equals(topic)) {
                return document;
            }
        }
    }
}
