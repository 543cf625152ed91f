package dev.tidings.container.stream;

import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.container.Streams;
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

/** What a stream that names no topics gets. */
@OfTheDoors
@EveryContainer(kinds = ContainerKind.TOMCAT_11)
class StreamsInboxIT {

    private final Container hub;
    private final Publisher publisher;

    StreamsInboxIT(Container hub) {
        this.hub = hub;
        this.publisher = Publisher.to(hub);
    }

    @Test
    void userGetsWhatIsSentToHerAndToEverybodyAndNothingElse() {
        String alice = Fresh.user();
        try (StreamRecorder stream = open(alice)) {
            publisher.publish(Map.of("to", Fresh.user(), "msg", "for another"));
            publisher.publish(Fresh.topic(), "elsewhere");
            publisher.publish(Map.of("to", alice, "msg", "for her"));
            publisher.publish("/all", "for everybody");
            assertThat(Streams.data(stream, 2)).containsExactly("for her", "for everybody");
            stream.assertExhausted();
        }
    }

    @Test
    void inboxOfAUserIsThePercentEncodedName() {
        String user = Fresh.user() + " {x}/*?é😀";
        String encoded = user.replace(" {x}/*?é😀", "%20%7Bx%7D%2F%2A%3F%C3%A9%F0%9F%98%80");
        try (StreamRecorder stream = open(user)) {
            publisher.publish("/users/" + encoded, "by topic");
            publisher.publish(Map.of("to", user, "msg", "by name"));
            assertThat(Streams.data(stream, 2)).containsExactly("by topic", "by name");
        }
    }

    @Test
    void userNamedAsteriskGetsOnlyHerOwn() {
        try (StreamRecorder stream = open("*")) {
            publisher.publish(Map.of("to", Fresh.user(), "msg", "for another"));
            publisher.publish(Map.of("to", "*", "msg", "for asterisk"));
            assertThat(stream.next().data()).isEqualTo("for asterisk");
        }
    }

    @Test
    void inboxWithAGrantThatDoesNotCoverItHasPublicEventsOnly() {
        String user = Fresh.user();
        Tokens token = Tokens.grant(user, List.of(), List.of());
        try (StreamRecorder stream = Streams.open(hub.stream("/events").with(token))) {
            publisher.publish(Map.of("to", user, "msg", "private"));
            publisher.publish("/all", "public");
            assertThat(stream.next().data()).isEqualTo("public");
            stream.assertExhausted();
        }
    }

    @Test
    void numberForAUserIsItsDecimalText() {
        long user = 7_000_000_000L;
        Tokens token = Tokens.anyone().claim("sub", user);
        try (StreamRecorder stream = Streams.open(hub.stream("/events").with(token))) {
            publisher.publish(Map.of("to", "7000000000", "msg", "for the number"));
            assertThat(stream.next().data()).isEqualTo("for the number");
        }
    }

    @Test
    void tokenThatNamesNobodyHasNoInbox() {
        assertProblem(
                Requests.get(hub, "/events", "Authorization: " + Tokens.anyone().bearer()), 400, "topic");
    }

    private StreamRecorder open(String user) {
        return Streams.open(hub.stream("/events").with(Tokens.user(user)));
    }
}
