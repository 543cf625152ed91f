package dev.tidings.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.hub.ClientFilter;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.testing.Mutations;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Whatever a neighbour in Redis says, it is a message of a node, or is none: nothing else comes of reading it. */
class RegistryMessagesFuzzTest {

    private static final String CLIENT = "{\"id\":\"urn:uuid:0195a0c4-12d3-7a51-8f20-000000000001\",\"user\":\"alice\","
            + "\"caller\":\"user alice\",\"address\":\"192.0.2.1\",\"userAgent\":\"x\",\"transport\":\"sse\",\"payload\":null,"
            + "\"topics\":[\"/a\",\"/b/{c}\"],\"connectedAt\":\"2026-01-01T00:00:00Z\","
            + "\"lastEventId\":\"urn:uuid:0195a0c4-12d3-7a51-8f20-000000000001\",\"delivered\":1,\"queued\":0,\"behind\":0,"
            + "\"state\":\"live\",\"node\":\"n\"}";

    private static final String REPORT = "{\"node\":\"n\",\"state\":\"READY\",\"since\":\"2026-01-01T00:00:00Z\","
            + "\"fault\":null,\"time\":\"2026-01-01T00:00:00Z\",\"figures\":{\"published\":1}}";

    @Provide
    Arbitrary<byte[]> messages() {
        String answer =
                "{\"from\":\"n\",\"clients\":[\"" + CLIENT.replace("\"", "\\\"") + "\"],\"more\":true,\"number\":3}";
        return Mutations.of(
                text(Question.list("q", "n", new ClientFilter("alice", "/a", "n"), "after", 100)),
                text(Question.end("q", "n", "urn:uuid:x", DisconnectReason.DISCONNECTED)),
                text(Question.follow("q", "n")),
                answer,
                CLIENT,
                REPORT,
                "once here node",
                // The beginnings of UTF-16 and UTF-32, which readers of JSON guess at.
                "\0\0\0{\"a\":1}",
                "\0{\0\"\0a");
    }

    private static String text(Question question) {
        return new String(NodeMessage.write(question.json()), StandardCharsets.UTF_8);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void messageIsReadOrNone(@ForAll("messages") byte[] bytes) {
        JsonNode json = readOrNull(() -> NodeMessage.read(bytes));
        if (json != null) {
            Question question = readOrNull(() -> Question.read(json));
            assertThat(question == null || question.limit() > 0).isTrue();
            Answer answer = readOrNull(() -> Answer.read(json));
            assertThat(answer == null || answer.number() >= 0).isTrue();
        }
        readOrNull(() -> ClientCodec.decode(new String(bytes, StandardCharsets.UTF_8)));
        readOrNull(() -> ReportCodec.decode(bytes));
        NodeLease.read(bytes, bytes);
    }

    private static <T> @Nullable T readOrNull(Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return null;
        }
    }
}
