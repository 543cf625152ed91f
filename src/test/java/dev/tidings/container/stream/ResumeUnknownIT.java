package dev.tidings.container.stream;

import static dev.tidings.container.Streams.POSITION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stream that is to go on after an id the hub does not know says so first. */
@OfTheDoors
@EveryContainer(kinds = ContainerKind.TOMCAT_11)
class ResumeUnknownIT {

    private final String topic = Fresh.topic();
    private final Container hub;
    private final Publisher publisher;

    ResumeUnknownIT(Container hub) {
        this.hub = hub;
        this.publisher = Publisher.to(hub);
    }

    @BeforeEach
    void somethingIsHeld() {
        publisher.publish(Fresh.topic(), "elsewhere");
    }

    @Test
    void gapComesFirstThenWhatIsHeldThenWhatIsLive() {
        publisher.publishNumbers(topic, 2);
        String unknown = Fresh.id();
        try (StreamRecorder stream = openAfter(unknown)) {
            publisher.publish(topic, "live");
            Streams.oldestAfterGap(stream.nextBlock(), unknown);
            assertThat(Streams.data(stream, 3)).containsExactly("1", "2", "live");
            stream.assertExhausted();
        }
    }

    @Test
    void responseSaysThatItBeginsWithTheEarliest() {
        try (StreamRecorder stream = openAfter(Fresh.id())) {
            assertThat(stream.head().headers("Last-Event-ID")).containsExactly("earliest");
        }
    }

    @Test
    void bytesOfTheGapAreThese() {
        publisher.publish(topic, "held");
        String unknown = Fresh.id();
        try (StreamRecorder stream = openAfter(unknown)) {
            stream.next();
            assertThat(Streams.text(stream))
                    .containsPattern("^:\nretry: 2000\nid: " + POSITION
                            + "\n\nevent: gap\ndata: \\{\"requested\":\"" + unknown + "\",\"oldest\":\"" + POSITION
                            + "\"}\n\n");
        }
    }

    @Test
    void gapSetsNoIdSoThatTheNextResumeIsFromThePrimingPosition() {
        publisher.publishNumbers(topic, 2);
        String resumable;
        try (StreamRecorder stream = openAfter(Fresh.id())) {
            assertThat(stream.next().type()).isEqualTo("gap");
            resumable = stream.lastEventId();
        }
        assertThat(resumable).matches(POSITION);
        try (StreamRecorder stream = openAfter(resumable)) {
            assertThat(stream.head().header("Last-Event-ID")).isEqualTo(resumable);
            assertThat(Streams.data(stream, 2)).containsExactly("1", "2");
        }
    }

    @Test
    void positionOfAnotherLogIsUnknown() {
        String own = publisher.publish(topic, "1");
        publisher.publish(topic, "2");
        char digit = own.charAt("urn:uuid:".length() + 7);
        String foreign = own.substring(0, "urn:uuid:".length() + 7)
                + (digit == '0' ? '1' : '0')
                + own.substring("urn:uuid:".length() + 8);
        assertThat(foreign).matches(POSITION);
        try (StreamRecorder stream = openAfter(foreign)) {
            Streams.oldestAfterGap(stream.next(), foreign);
            assertThat(Streams.data(stream, 2)).containsExactly("1", "2");
        }
    }

    @Test
    void positionAheadOfTheLogsEndIsUnknown() {
        String own = publisher.publish(topic, "1");
        String ahead = own.substring(0, own.length() - 12) + "7fffffffffff";
        try (StreamRecorder stream = openAfter(ahead)) {
            Streams.oldestAfterGap(stream.next(), ahead);
            assertThat(stream.next().data()).isEqualTo("1");
        }
    }

    @Test
    void idAskedForIsTextInTheGapWhateverItHolds() {
        String hostile = "\"}\r\n\r\nevent: x\ndata: y\\\u2028</script>😀";
        String target = Streams.events(topic) + "&lastEventID=" + Streams.encode(hostile);
        try (StreamRecorder stream = Streams.open(hub.stream(target).with(Tokens.operator()))) {
            assertThat(stream.head().headers("Last-Event-ID")).containsExactly("earliest");
            Streams.oldestAfterGap(stream.next(), hostile);
            publisher.publish(topic, "live");
            assertThat(stream.next().data()).isEqualTo("live");
        }
    }

    @Test
    void headerThatIsNotUtf8IsAnUnknownId() {
        try (RawClient client = hub.connect()) {
            client.send("GET " + Streams.events(topic) + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                            + Tokens.operator().bearer() + "\r\nLast-Event-ID: ")
                    .send(new byte[] {'x', (byte) 0xff, (byte) 0xc3})
                    .send("\r\n\r\n");
            ResponseHead head = client.head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Last-Event-ID")).isEqualTo("earliest");
        }
    }

    @Test
    void longIdIsAnsweredToo() {
        String unknown = "x".repeat(4_000);
        try (StreamRecorder stream = openAfter(unknown)) {
            Streams.oldestAfterGap(stream.next(), unknown);
        }
    }

    @Test
    void gapIsNotKept() {
        publisher.publish(topic, "held");
        try (StreamRecorder stream = openAfter(Fresh.id())) {
            assertThat(stream.next().type()).isEqualTo("gap");
        }
        try (StreamRecorder stream = openAfter("earliest")) {
            assertThat(stream.next().data()).isEqualTo("held");
        }
    }

    private StreamRecorder openAfter(String id) {
        return Streams.open(Streams.request(hub, topic).after(id));
    }
}
