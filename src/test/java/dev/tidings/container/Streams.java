package dev.tidings.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Streams as most tests want them. */
public final class Streams {

    /** The form of every id that the hub makes: a {@code urn:uuid:} of version 7. */
    public static final String POSITION =
            "urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Streams() {}

    /** The target of a stream of these topic selectors. */
    public static String events(String... topics) {
        return Arrays.stream(topics)
                .map(topic -> "topic=" + encode(topic))
                .collect(Collectors.joining("&", "/events?", ""));
    }

    /** A value as it stands in a query. */
    public static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    /** A request for a stream of these topic selectors, with a token that may have everything. */
    public static StreamRequest request(Container hub, String... topics) {
        return hub.stream(events(topics)).with(Tokens.operator());
    }

    /** Opens a stream of these topic selectors, with a token that may have everything, and takes its opening. */
    public static StreamRecorder open(Container hub, String... topics) {
        return open(request(hub, topics));
    }

    /** Opens a stream and takes its opening. */
    public static StreamRecorder open(StreamRequest request) {
        StreamRecorder stream = request.open();
        try {
            takeOpening(stream);
            return stream;
        } catch (Throwable failure) {
            stream.close();
            throw failure;
        }
    }

    private static void takeOpening(StreamRecorder stream) {
        assertThat(stream.status()).as(stream::toString).isEqualTo(200);
        Block opening = stream.nextBlock();
        assertThat(opening.comments()).containsExactly("");
        assertThat(opening.retry()).isNotNull();
        assertThat(opening.id()).isNotNull();
        assertThat(opening.isEvent()).isFalse();
    }

    /** The data of the next {@code count} events. */
    public static List<String> data(StreamRecorder stream, int count) {
        return stream.next(count).stream().map(Block::data).toList();
    }

    /** Sees that this is the gap after that id, and returns the position of the oldest event held. */
    public static String oldestAfterGap(Block gap, String requested) {
        assertThat(gap.lines()).hasSize(2).first().isEqualTo("event: gap");
        JsonNode data = json(gap);
        assertThat(data.properties()).extracting(Map.Entry::getKey).containsExactly("requested", "oldest");
        assertThat(data.path("requested").asText()).isEqualTo(requested);
        assertThat(data.path("oldest").asText()).matches(POSITION);
        return data.path("oldest").asText();
    }

    /** The data of this event, which is JSON. */
    public static JsonNode json(Block event) {
        try {
            return JSON.readTree(event.data());
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not JSON: " + event, e);
        }
    }

    /** What has come so far after the opening, which is one block, as text. */
    public static String textAfterOpening(StreamRecorder stream) {
        String text = text(stream);
        return text.substring(text.indexOf("\n\n") + 2);
    }

    /** All that has come so far, as text. */
    public static String text(StreamRecorder stream) {
        return new String(stream.bytes(), UTF_8);
    }
}
