package dev.tidings.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import org.junit.jupiter.api.Test;

/** What is framed here, okhttp-sse reads back. */
class EventFrameRoundTripTest {

    private static final List<String> PIECES = List.of(
            "\r",
            "\n",
            "\r\n",
            "\n\r",
            "",
            " ",
            "  ",
            "\t",
            ":",
            ": ",
            "data: ",
            "data",
            "event: x",
            "id: 1",
            "retry: 1",
            "a",
            "word",
            "é",
            "中文",
            "\uD83D\uDE00",
            "\uFEFF",
            "\0",
            "\u2028",
            "\u0085",
            "\u000B",
            "{\"a\":[1, 2]}");

    private final Random random = new Random(1855);

    record Read(String id, String type, String data) {}

    @Test
    void whateverIsPublishedIsReadBack() {
        var stream = new ByteArrayOutputStream();
        stream.writeBytes(EventFrame.comment("generated"));
        stream.writeBytes(EventFrame.withoutData(1L, "first"));
        var expected = new ArrayList<Read>();
        for (int i = 0; i < 20_000; i++) {
            String data = text();
            String type = oneLine();
            String id = "id-" + i + oneLine();
            stream.writeBytes(EventFrame.event(type.isEmpty() ? null : type, null, id, data));
            expected.add(new Read(id, type.isEmpty() ? null : type, data.replaceAll("\r\n|\r", "\n")));
            if (random.nextInt(10) == 0) {
                stream.writeBytes(EventFrame.comment(""));
            }
        }
        assertThat(read(stream.toByteArray())).isEqualTo(expected);
    }

    @Test
    void absentDataIsReadBackAsEmpty() {
        assertThat(read(EventFrame.event("x", null, "1", ""))).containsExactly(new Read("1", "x", ""));
    }

    private String text() {
        var text = new StringBuilder();
        int pieces = random.nextInt(9);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private String oneLine() {
        return text().replaceAll("[\r\n\0]", "");
    }

    private static List<Read> read(byte[] stream) {
        var response = new Response.Builder()
                .request(new Request.Builder().url("http://localhost/events").build())
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("OK")
                .body(ResponseBody.create(stream, MediaType.get("text/event-stream")))
                .build();
        var reader = new Reader();
        EventSources.processResponse(response, reader);
        assertThat(reader.failure).isNull();
        return reader.events;
    }

    private static final class Reader extends EventSourceListener {

        final List<Read> events = new ArrayList<>();
        Throwable failure;

        @Override
        public void onEvent(EventSource source, String id, String type, String data) {
            events.add(new Read(id, type, data));
        }

        @Override
        public void onFailure(EventSource source, Throwable failure, Response response) {
            this.failure = failure == null ? new AssertionError("refused: " + response) : failure;
        }
    }
}
