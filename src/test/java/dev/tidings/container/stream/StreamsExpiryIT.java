package dev.tidings.container.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamEnd;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import dev.tidings.testing.WaitingTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A stream ends with its token. */
@OfTheDoors
@EveryContainer(kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY})
class StreamsExpiryIT {

    private static final Duration LEEWAY = Duration.ofSeconds(5);

    /** How late this machine may be; the hub's own clock is looked at in unit tests. It would not do for the leeway. */
    private static final Duration LATE = LEEWAY.minusSeconds(1);

    /** A token's exp is a whole number of seconds: this is three to four from now. */
    private final Instant soon = Instant.now().plusSeconds(4).truncatedTo(ChronoUnit.SECONDS);

    private final String topic = Fresh.topic();
    private final Container hub;

    StreamsExpiryIT(Container hub) {
        this.hub = hub;
    }

    @WaitingTest
    void streamOfAShortLivedTokenIsToldAtOnce() {
        Instant expires = soon.plusSeconds(20);
        try (StreamRecorder stream = Streams.open(request(expires))) {
            assertThat(stream.next().lines())
                    .containsExactly("event: expiring", "data: {\"expires\":\"" + expires + "\"}");
            assertThat(Instant.now()).isBefore(soon.plus(LATE));
        }
    }

    @WaitingTest
    void streamEndsWithItsTokenAndNotBefore() {
        try (StreamRecorder stream = Streams.open(request(soon))) {
            assertThat(stream.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
            assertThat(Instant.now()).isBetween(soon, soon.plus(LATE));
        }
    }

    @WaitingTest
    void eventsComeUntilTheEnd() {
        try (StreamRecorder stream = Streams.open(request(soon))) {
            assertThat(stream.next().type()).isEqualTo("expiring");
            String id = Publisher.to(hub).publish(topic, "still");
            assertThat(stream.next().data()).isEqualTo("still");
            assertThat(stream.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
            assertThat(Instant.now()).isBetween(soon, soon.plus(LATE));
            stream.assertExhausted();
            assertThat(stream.lastEventId()).isEqualTo(id);
        }
    }

    @WaitingTest
    void whoComesBackWithANewTokenGoesOn() {
        String lastEventId;
        try (StreamRecorder stream = Streams.open(request(soon))) {
            stream.awaitEnd();
            stream.next();
            lastEventId = stream.lastEventId();
        }
        Publisher.to(hub).publish(topic, "meanwhile");
        StreamRequest again = Streams.request(hub, topic).after(lastEventId);
        try (StreamRecorder stream = Streams.open(again)) {
            assertThat(stream.next().data()).isEqualTo("meanwhile");
            stream.assertExhausted();
        }
    }

    @WaitingTest
    void streamIsToldThirtySecondsBefore() {
        Instant expires = soon.plusSeconds(30);
        try (StreamRecorder stream = Streams.open(request(expires))) {
            Block told = stream.next();
            assertThat(Instant.now()).isBetween(soon, soon.plus(LATE));
            assertThat(told.lines()).containsExactly("event: expiring", "data: {\"expires\":\"" + expires + "\"}");
        }
    }

    @WaitingTest
    void tokenThatExpiredWithinTheLeewayOpensAStreamThatLivesToItsEnd() {
        Instant end = soon.plusSeconds(1);
        try (StreamRecorder stream = Streams.open(request(end.minus(LEEWAY)))) {
            assertThat(stream.next().lines()).containsExactly("event: expiring", "data: {\"expires\":\"" + end + "\"}");
            assertThat(stream.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
            assertThat(Instant.now()).isBetween(end, end.plus(LATE));
        }
    }

    @WaitingTest
    void expiringIsNotKept() {
        Publisher.to(hub).publish(topic, "kept");
        try (StreamRecorder stream = Streams.open(request(soon))) {
            assertThat(stream.next().type()).isEqualTo("expiring");
        }
        try (StreamRecorder stream = Streams.open(Streams.request(hub, topic).after("earliest"))) {
            assertThat(stream.next().data()).isEqualTo("kept");
        }
    }

    private StreamRequest request(Instant expires) {
        return hub.stream(Streams.events(topic)).with(Tokens.user(Fresh.user()).expiring(expires));
    }
}
