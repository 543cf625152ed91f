package dev.tidings.ws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidings.http.Problem;
import dev.tidings.testing.Mutations;
import dev.tidings.testing.Tokens;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a client says, each frame gets one answer, and publishes only if the answer says so. */
class FrameFuzzTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static final Pattern ANSWERS =
            Pattern.compile("\\{\"type\":\"(published|subscribed|unsubscribed|echo|renewed|error)\"");

    private static final String FAULT = "\"title\":\"" + new Problem(500, "").title() + "\"";

    @Provide
    Arbitrary<byte[]> frames() {
        return Mutations.of(
                "{\"type\":\"publish\",\"topics\":[\"/b\"],\"data\":{\"a\":[1.10,null]},\"event\":\"t\",\"id\":\"7\",\"private\":true,"
                        + "\"ref\":1}",
                "{\"type\":\"publish\",\"to\":\"bob\",\"data\":\"x\"}",
                "{\"type\":\"subscribe\",\"topics\":[\"/a\",\"/b/{c}\"],\"ref\":\"r\"}",
                "{\"type\":\"unsubscribe\",\"topics\":[\"/a\"]}",
                "{\"type\":\"echo\",\"data\":[[[{\"a\":1e5}]]]}",
                "{\"type\":\"auth\",\"token\":\"" + Tokens.user("alice").jwt() + "\"}");
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void frameGetsOneAnswerAndPublishesOnlyIfThatSaysSo(@ForAll("frames") byte[] frame, @ForAll byte cut) {
        // As the container gives it: what is no UTF-8 it has refused itself.
        String text = new String(frame, UTF_8);
        int at = Math.floorMod(cut, text.length() + 1);
        try (OneSocket socket = OneSocket.still()) {
            socket.connect().turn();
            long before = socket.log.end().sequence();
            socket.assembler.onText(text.substring(0, at), false);
            socket.assembler.onText(text.substring(at), true);
            socket.turn();
            List<String> answers = socket.peer.frames().stream()
                    .filter(sent -> ANSWERS.matcher(sent).lookingAt())
                    .toList();
            if (text.getBytes(UTF_8).length > OneSocket.FRAME_BYTES) {
                assertThat(socket.subscriber.ended()).isNotNull();
                assertThat(answers).isEmpty();
                assertThat(socket.log.end().sequence()).isEqualTo(before);
            } else {
                assertThat(answers)
                        .singleElement()
                        .asString()
                        .doesNotContain(FAULT)
                        .satisfies(JSON::readTree);
                long published = answers.get(0).startsWith("{\"type\":\"published\"") ? 1 : 0;
                assertThat(socket.log.end().sequence() - before).isEqualTo(published);
            }
        }
    }
}
