package dev.tidings.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.Position;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
import dev.tidings.hub.Client;
import dev.tidings.hub.Peer;
import dev.tidings.hub.SubscriberState;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client as JSON text, in which it travels from its node to another.
 *
 * <p>What comes from outside may be of anybody who can write there. So reading takes all members and
 * no other, each with a value that it can have, and refuses everything else. What it refuses it does not quote.
 *
 * <p>The text is in ASCII, so that half of a surrogate pair, which a {@code User-Agent} may end with, survives the way.
 *
 * <p><b>Threads.</b> Any.
 */
public final class ClientCodec {

    /** The most characters that a client has as text. Its topics take most of them: a hundred of 2 KiB, escaped. */
    public static final int MAX_LENGTH = 1 << 20;

    private static final int MAX_TOPICS = 1_000;

    private static final int DEPTH = 2;
    private static final Set<String> TRANSPORTS = Set.of("sse", "ws");

    private static final Set<String> MEMBERS = Set.of(
            "id",
            "user",
            "caller",
            "address",
            "userAgent",
            "transport",
            "payload",
            "topics",
            "connectedAt",
            "lastEventId",
            "delivered",
            "queued",
            "behind",
            "state",
            "node");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .build())
                    // Names that are made to collide would be compared with each other again and again.
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ClientCodec() {}

    /** The client as text. */
    public static String encode(Client client) {
        Peer peer = client.peer();
        ObjectNode entry = JSON.createObjectNode()
                .put("id", client.id())
                .put("user", peer.user())
                .put("caller", peer.caller())
                .put("address", peer.address())
                .put("userAgent", peer.userAgent())
                .put("transport", peer.transport())
                .put("payload", peer.payload())
                .put("connectedAt", client.connectedAt().toString())
                .put("lastEventId", client.lastEventId().toString())
                .put("delivered", client.delivered())
                .put("queued", client.queued())
                .put("behind", client.behind())
                .put("state", client.state().name().toLowerCase(Locale.ROOT))
                .put("node", client.node());
        var topics = entry.putArray("topics");
        client.topics().selectors().forEach(topic -> topics.add(topic.text()));
        return write(entry);
    }

    /**
     * The client that this text is.
     *
     * @throws IllegalArgumentException naming the member that is at fault, if {@link #encode} gives no such text
     */
    public static Client decode(String text) {
        if (text.length() > MAX_LENGTH) {
            throw fault("it has more than " + MAX_LENGTH + " characters");
        }
        JsonNode entry = read(text);
        requireMembers(entry);
        return new Client(
                parsed(entry, "id", id -> Client.isId(id) ? id : null),
                peer(entry),
                SelectorSet.of(topics(entry.get("topics"))),
                parsed(entry, "connectedAt", ClientCodec::instant),
                parsed(entry, "lastEventId", Position::parse),
                number(entry, "delivered", Long.MAX_VALUE),
                (int) number(entry, "queued", Integer.MAX_VALUE),
                number(entry, "behind", Long.MAX_VALUE),
                parsed(entry, "state", ClientCodec::state),
                text(entry, "node"));
    }

    private static String write(JsonNode entry) {
        try {
            return JSON.writeValueAsString(entry);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            JsonLocation location = broken.getLocation();
            throw fault("it is not the JSON of one object"
                    + (location == null ? "" : ", from column " + location.getColumnNr() + " on"));
        }
    }

    private static void requireMembers(JsonNode entry) {
        if (!entry.isObject()) {
            throw fault("it is no JSON object");
        }
        for (String member : MEMBERS) {
            if (!entry.has(member)) {
                throw fault(member, "is missing");
            }
        }
        if (entry.size() > MEMBERS.size()) {
            throw fault("it has a member that clients do not have");
        }
    }

    private static Peer peer(JsonNode entry) {
        return new Peer(
                textOrNull(entry, "user"),
                text(entry, "caller"),
                text(entry, "address"),
                text(entry, "userAgent"),
                parsed(entry, "transport", transport -> TRANSPORTS.contains(transport) ? transport : null),
                textOrNull(entry, "payload"));
    }

    private static List<TopicSelector> topics(JsonNode texts) {
        if (!texts.isArray() || texts.size() > MAX_TOPICS) {
            throw fault("topics", "is no list of at most " + MAX_TOPICS);
        }
        var topics = new ArrayList<TopicSelector>();
        for (JsonNode text : texts) {
            topics.add(topic(text));
        }
        return topics;
    }

    private static TopicSelector topic(JsonNode text) {
        try {
            if (text.isTextual()) {
                return TopicSelector.of(text.textValue());
            }
        } catch (InvalidRequestException noSelector) {
            // It is said below, without the text.
        }
        throw fault("topics", "has something that is no selector");
    }

    private static long number(JsonNode entry, String member, long most) {
        JsonNode value = entry.get(member);
        boolean fits = value.isIntegralNumber() && value.canConvertToLong();
        if (!fits || value.longValue() < 0 || value.longValue() > most) {
            throw fault(member, "is no number from 0 to " + most);
        }
        return value.longValue();
    }

    private static @Nullable String textOrNull(JsonNode entry, String member) {
        return entry.get(member).isNull() ? null : text(entry, member);
    }

    private static String text(JsonNode entry, String member) {
        JsonNode value = entry.get(member);
        if (!value.isTextual()) {
            throw fault(member, "is no string");
        }
        return value.textValue();
    }

    /** What a text means, which is null where it means nothing. */
    private static <T> T parsed(JsonNode entry, String member, Function<String, @Nullable T> parser) {
        T value = parser.apply(text(entry, member));
        if (value == null) {
            throw fault(member, "has a value that it cannot have");
        }
        return value;
    }

    private static @Nullable Instant instant(String text) {
        try {
            Instant instant = Instant.parse(text);
            return instant.toString().equals(text) ? instant : null;
        } catch (DateTimeException noTime) {
            return null;
        }
    }

    private static @Nullable SubscriberState state(String text) {
        for (SubscriberState state : SubscriberState.values()) {
            if (state.name().toLowerCase(Locale.ROOT).equals(text)) {
                return state;
            }
        }
        return null;
    }

    private static IllegalArgumentException fault(String member, String what) {
        return fault("\"" + member + "\" " + what);
    }

    private static IllegalArgumentException fault(String what) {
        return new IllegalArgumentException("The text of a client cannot be read: " + what + ".");
    }
}
