package dev.tidings.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.testing.ScriptedServer.Conversation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StreamRecorderTest {

    private static final String STREAM =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    @Test
    void eventIsTakenAndHeartbeatsPassedOver() {
        try (Conversation conversation = ScriptedServer.answering(STREAM)) {
            conversation.server().chunk(": \nid: 1\n\nid: 2\nda");
            conversation.server().chunk("ta: hello\n\n");
            StreamRecorder stream = conversation.stream();
            assertThat(stream.next().data()).isEqualTo("hello");
            assertThat(stream.lastEventId()).isEqualTo("2");
            stream.assertExhausted();
        }
    }

    @Test
    void eventLeftOverIsTold() {
        try (Conversation conversation = ScriptedServer.answering(STREAM)) {
            conversation.server().chunk("data: one\n\ndata: two\n\n");
            StreamRecorder stream = conversation.stream();
            stream.next();
            assertThatThrownBy(stream::assertExhausted).hasMessageContaining("two");
        }
    }

    @Test
    void endOfStreamEndsTheWaitAndTellsAllThatWasSeen() {
        try (Conversation conversation = ScriptedServer.answering(STREAM)) {
            conversation.server().chunk("data: one\n\ndata: un");
            conversation.server().end();
            StreamRecorder stream = conversation.stream();
            stream.next();
            assertThatThrownBy(stream::next)
                    .hasMessageContaining("COMPLETE")
                    .hasMessageContaining("data: one")
                    .hasMessageContaining("unfinished: data: un");
        }
    }

    @Test
    void waitIsBounded() {
        try (Conversation conversation = ScriptedServer.answering(STREAM)) {
            StreamRecorder stream = conversation.stream();
            assertThatThrownBy(() -> stream.next(Duration.ofMillis(20))).hasMessageContaining("an event");
        }
    }

    @Test
    void cutStreamIsToldFromOneThatEnded() {
        try (Conversation conversation = ScriptedServer.answering(STREAM)) {
            conversation.server().chunk("data: one\n\n");
            conversation.stream().next();
            conversation.server().close();
            assertThat(conversation.stream().awaitEnd()).isEqualTo(StreamEnd.CUT);
        }
    }

    @Test
    void brokenBytesFailWhateverIsAskedNext() {
        Conversation conversation = ScriptedServer.answering(STREAM);
        try (ScriptedServer server = conversation.server()) {
            server.chunk("data: one\n\nnonsense: x\n\n");
            server.end();
            assertThatThrownBy(() -> conversation.stream().awaitEnd()).hasMessageContaining("nonsense");
            assertThatThrownBy(() -> conversation.stream().close()).hasMessageContaining("nonsense");
        }
    }

    @Test
    void answerThatIsNoStreamIsABody() {
        try (Conversation conversation = ScriptedServer.answering(
                "HTTP/1.1 401 \r\nContent-Type: application/problem+json\r\nContent-Length: 2\r\n\r\n{}")) {
            assertThat(conversation.stream().status()).isEqualTo(401);
            assertThat(conversation.stream().body()).isEqualTo("{}");
        }
    }
}
