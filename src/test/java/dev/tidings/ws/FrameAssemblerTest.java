package dev.tidings.ws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.selector.TopicSelector;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.testing.Tokens;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of what a client says, in whatever parts it comes, and how it is answered. */
class FrameAssemblerTest {

    private final OneSocket socket = OneSocket.still();
    private final RecordingPeer peer = socket.peer;

    @BeforeEach
    void connect() {
        socket.connect().turn();
    }

    @AfterEach
    void close() {
        socket.close();
    }

    @Test
    void partsAreOneFrame() {
        socket.assembler.onText("{\"type\":", false);
        socket.assembler.onText("\"echo\",", false);
        socket.assembler.onText("\"data\":1}", true);
        socket.assembler.onText("{\"type\":\"echo\",\"data\":2}", true);
        assertThat(answers()).containsExactly("{\"type\":\"echo\",\"data\":1}", "{\"type\":\"echo\",\"data\":2}");
    }

    @Test
    void frameOfTheLimitIsReadAndOneByteMoreEndsTheStream() {
        String frame = frameOf(OneSocket.FRAME_BYTES);
        socket.assembler.onText(frame, true);
        assertThat(answers()).hasSize(1);
        socket.assembler.onText(frameOf(OneSocket.FRAME_BYTES + 1), true);
        assertThat(socket.subscriber.ended()).isEqualTo(DisconnectReason.CLOSED);
        assertThat(answers()).isEmpty();
    }

    @Test
    void frameAboveTheLimitIsNotDone() {
        String frame = "{\"type\":\"publish\",\"topics\":[\"/b\"],\"data\":\"x\"}";
        socket.assembler.onText(frame + " ".repeat(OneSocket.FRAME_BYTES + 1 - frame.length()), true);
        assertThat(socket.log.end().sequence()).isZero();
    }

    @Test
    void partsCountTogetherAndEachFrameByItself() {
        String half = frameOf(OneSocket.FRAME_BYTES);
        for (int i = 0; i < 3; i++) {
            socket.assembler.onText(half.substring(0, 500), false);
            socket.assembler.onText(half.substring(500), true);
        }
        assertThat(answers()).hasSize(3);
        socket.assembler.onText(half.substring(0, 500), false);
        socket.assembler.onText(half.substring(500) + " ", true);
        assertThat(socket.subscriber.ended()).isEqualTo(DisconnectReason.CLOSED);
    }

    @Test
    void binaryFrameIsAnErrorAndItsPartsCountAsWell() {
        socket.assembler.onBinary(ByteBuffer.allocate(600), false);
        socket.assembler.onBinary(ByteBuffer.allocate(400), true);
        assertThat(answers()).singleElement().asString().contains("Unsupported Media Type", "binary", "\"ref\":null");
        socket.hear("{'type':'echo','ref':1}");
        assertThat(socket.subscriber.ended()).as("it does not count any more").isNull();
        socket.assembler.onBinary(ByteBuffer.allocate(600), false);
        socket.assembler.onBinary(ByteBuffer.allocate(401), true);
        assertThat(socket.subscriber.ended()).isEqualTo(DisconnectReason.CLOSED);
    }

    @Test
    void whoWasToldToGoIsNotListenedTo() {
        socket.subscriber.end(DisconnectReason.DISCONNECTED);
        socket.hear("{'type':'publish','topics':['/a'],'data':'x'}");
        assertThat(socket.log.end().sequence()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no JSON | null | Bad Request | JSON",
                "{'type':'shout','ref':7} | 7 | Bad Request | type: Give one of publish, subscribe",
                "{'type':'echo','dat':1,'ref':'r'} | 'r' | Bad Request | dat: A frame of the type echo has no such member",
                "{'type':'publish','topics':['/b','/c'],'ref':1} | 1 | Forbidden | /c",
                "{'type':'publish','topics':['/clients/1'],'ref':1} | 1 | Forbidden | hub's own",
                "{'type':'publish','event':'gap','topics':['/a'],'ref':1} | 1 | Bad Request | event: ",
                "{'type':'publish','topics':[''],'ref':1} | 1 | Bad Request | topics: ",
                "{'type':'subscribe','topics':[''],'ref':1} | 1 | Bad Request | topics: ",
                "{'type':'auth','ref':1} | 1 | Bad Request | token: ",
                "{'type':'auth','token':'x','ref':1} | 1 | Unauthorized | JWT"
            })
    void whatIsRefusedIsSaidAndChangesNothing(String frame, String ref, String title, String detail) {
        socket.hear(frame);
        assertThat(answers())
                .singleElement()
                .asString()
                .startsWith("{\"type\":\"error\",\"ref\":" + ref.replace('\'', '"') + ",\"title\":\"" + title + "\"")
                .contains(detail);
        assertThat(socket.log.end().sequence()).isZero();
        assertThat(topics()).containsExactly("/a");
        assertThat(socket.subscriber.ended()).isNull();
    }

    @Test
    void publishIsAnsweredWithTheIdOfWhatTheLogHolds() {
        socket.hear("{'type':'publish','topics':['/b'],'data':{'a':1},'event':'e','id':'i','private':true,'ref':1}");
        assertThat(answers()).containsExactly("{\"type\":\"published\",\"ref\":1,\"id\":\"i\"}");
        assertThat(socket.log.readAfter(0, 10, 1 << 20)).singleElement().satisfies(event -> {
            assertThat(event.topics()).containsExactly("/b");
            assertThat(event.type()).isEqualTo("e");
            assertThat(event.data()).isEqualTo("{\"a\":1}");
            assertThat(event.isPrivate()).isTrue();
        });
    }

    @Test
    void topicsAreAddedAndTakenAwayAfterThePositionThatIsAnswered() {
        socket.hear("{'type':'subscribe','topics':['/b','/c{/x}'],'ref':1}");
        assertThat(topics()).containsExactly("/a", "/b", "/c{/x}");
        socket.hear("{'type':'unsubscribe','topics':'/a','ref':2}");
        assertThat(topics()).containsExactly("/b", "/c{/x}");
        String end = socket.log.end().toString();
        assertThat(answers())
                .containsExactly(
                        "{\"type\":\"subscribed\",\"ref\":1,\"lastEventId\":\"" + end + "\"}",
                        "{\"type\":\"unsubscribed\",\"ref\":2,\"lastEventId\":\"" + end + "\"}");
    }

    @Test
    void streamTakesAHundredTopicsWhetherAtOnceOrOneAfterTheOther() {
        socket.hear("{'type':'subscribe','topics':[" + topics(0, 101) + "]}");
        assertThat(answers()).singleElement().asString().contains("at most 100 topics");
        assertThat(topics()).containsExactly("/a");
        socket.hear("{'type':'subscribe','topics':[" + "'/same',".repeat(100) + "'/same']}");
        socket.hear("{'type':'unsubscribe','topics':[" + topics(0, 101) + "]}");
        assertThat(answers()).hasSize(2).allMatch(answer -> answer.contains("at most 100 topics"));
        assertThat(topics()).containsExactly("/a");
        socket.hear("{'type':'subscribe','topics':[" + topics(0, 99) + "]}");
        assertThat(topics()).hasSize(100);
        socket.hear("{'type':'subscribe','topics':[" + topics(99, 100) + "]}");
        assertThat(topics()).hasSize(100);
    }

    private static String topics(int from, int to) {
        return IntStream.range(from, to).mapToObj(n -> "'/" + n + "'").collect(Collectors.joining(","));
    }

    @Test
    void refusalNamesTheMemberOnceAndThenSaysWhy() {
        socket.hear("{'type':'publish','topics':['/a'],'event':'gap'}");
        assertThat(answers()).singleElement().asString().containsPattern("\"detail\":\"event: [A-Z]");
    }

    @Test
    void whoCameWithoutATokenHasNoneToRenew() {
        try (OneSocket anonymous = OneSocket.anonymous()) {
            anonymous.connect().turn();
            String token = Tokens.user("alice").jwt();
            anonymous.hear("{'type':'auth','token':'" + token + "'}");
            anonymous.turn();
            assertThat(anonymous.peer.frames().get(1)).contains("Forbidden", "without a token");
        }
    }

    /** A frame of so many bytes, fewer characters, that is answered. */
    private static String frameOf(int bytes) {
        String frame = "{\"type\":\"echo\",\"data\":\"é\"}";
        return frame + " ".repeat(bytes - frame.getBytes(UTF_8).length);
    }

    private List<String> topics() {
        return socket.subscriber.subscription().topics().selectors().stream()
                .map(TopicSelector::text)
                .toList();
    }

    /** What was answered since it was asked last. */
    private List<String> answers() {
        int before = peer.frames().size();
        socket.turn();
        return List.copyOf(peer.frames().subList(before, peer.frames().size()));
    }
}
