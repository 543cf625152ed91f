package dev.tidings.ws;

import dev.tidings.auth.ForbiddenException;
import dev.tidings.auth.Grant;
import dev.tidings.auth.TokenVerifier;
import dev.tidings.event.Event;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
import dev.tidings.http.JsonFields;
import dev.tidings.http.JsonValue;
import dev.tidings.http.Problem;
import dev.tidings.http.SubscriptionReader;
import dev.tidings.http.TokenSource;
import dev.tidings.hub.Subscription;
import dev.tidings.publish.PublishService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the frames of clients, by the same rules as every other door, and returns the replies.
 *
 * <p><b>Threads.</b> Immutable; any. The container's thread is held while the log accepts an event.
 */
final class FrameHandler {

    /** The fields of {@code POST /msg} that have another name in a frame, by that name. */
    private static final Map<String, String> FIELDS = Map.of("topics", "topic", "event", "type");

    /** The same the other way round. */
    private static final Map<String, String> MEMBERS = Map.of("topic", "topics", "type", "event");

    private static final String TRACEPARENT = "traceparent";

    private final PublishService publishing;
    private final @Nullable TokenVerifier verifier;
    private final int maxDataBytes;

    /**
     * @param publishing publishes what clients send
     * @param verifier null when no key is configured
     * @param maxDataBytes the most bytes that the data of one event may have as UTF-8
     */
    FrameHandler(PublishService publishing, @Nullable TokenVerifier verifier, int maxDataBytes) {
        this.publishing = publishing;
        this.verifier = verifier;
        this.maxDataBytes = maxDataBytes;
    }

    /** Carries out the frame and returns the reply. A refusal is thrown, as at other doors. */
    Reply serve(ClientFrame frame, SocketSession session) {
        FrameType type = frame.type();
        if (verifier != null && type != FrameType.AUTH) {
            // The stream ends a moment after its token is revoked; nothing is done for it meanwhile.
            verifier.requireNotRevoked(session.grant());
        }
        try {
            return switch (type) {
                case PUBLISH -> Reply.of(publish(frame, session.grant()));
                case SUBSCRIBE -> Reply.of(subscribe(frame, session));
                case UNSUBSCRIBE -> Reply.of(unsubscribe(frame, session));
                case ECHO -> Reply.of(ServerFrames.echo(frame.ref(), frame.member("data")));
                case AUTH -> renew(frame, session);
            };
        } catch (InvalidRequestException invalid) {
            throw invalid.of(MEMBERS.getOrDefault(invalid.field(), invalid.field()));
        }
    }

    private String publish(ClientFrame frame, Grant grant) {
        PublishRequest request =
                JsonFields.of(fields(frame)).ofTrace(frame.text(TRACEPARENT)).build(grant.user(), maxDataBytes);
        Event event = publishing.publish(grant, List.of(request)).get(0);
        return ServerFrames.published(frame.ref(), event.id());
    }

    /** The members of a frame by the names that {@code POST /msg} has for them. */
    private static Map<String, JsonValue> fields(ClientFrame frame) {
        var fields = new LinkedHashMap<String, JsonValue>();
        for (String name : FrameType.PUBLISH.members()) {
            JsonValue value = frame.member(name);
            if (value != null && !name.equals(TRACEPARENT)) {
                fields.put(FIELDS.getOrDefault(name, name), value);
            }
        }
        return fields;
    }

    private static String subscribe(ClientFrame frame, SocketSession session) {
        List<TopicSelector> more = selectors(frame);
        session.grant().requireMayAskFor(SelectorSet.of(more));
        Position after = change(session, topics -> topics.addAll(more));
        return ServerFrames.changed("subscribed", frame.ref(), after);
    }

    private static String unsubscribe(ClientFrame frame, SocketSession session) {
        List<TopicSelector> fewer = selectors(frame);
        Position after = change(session, topics -> topics.removeAll(fewer));
        return ServerFrames.changed("unsubscribed", frame.ref(), after);
    }

    private static List<TopicSelector> selectors(ClientFrame frame) {
        List<String> topics = frame.texts("topics");
        // Checked before the hub is asked: a frame holds thousands of topics, and the hub compares them while it
        // holds its lock.
        SubscriptionReader.requireFew(topics);
        return topics.stream().map(TopicSelector::of).toList();
    }

    private static Position change(SocketSession session, Consumer<List<TopicSelector>> edit) {
        UnaryOperator<Subscription> change = subscription -> {
            var topics = new ArrayList<>(subscription.topics().selectors());
            edit.accept(topics);
            SelectorSet set = SelectorSet.of(topics);
            SubscriptionReader.requireFew(set.selectors());
            return subscription.withTopics(set);
        };
        return session.subscriber().change(change);
    }

    private Reply renew(ClientFrame frame, SocketSession session) {
        String token = frame.text("token");
        if (token == null) {
            throw new InvalidRequestException("token", "Give the new token, as a string.");
        }
        if (verifier == null) {
            throw Problem.noKey();
        }
        if (isAnonymous(session.grant())) {
            throw new ForbiddenException("this stream was opened without a token, so there is none to renew");
        }
        Grant grant = verifier.verify(TokenSource.bare(token));
        if (!Objects.equals(grant.user(), session.grant().user())) {
            throw new ForbiddenException("the new token is another user's; open another stream with it");
        }
        return new Reply(ServerFrames.renewed(frame.ref(), grant.expires()), session.renew(grant));
    }

    /** Whether the stream was opened without a token, so that there is none to renew. */
    private static boolean isAnonymous(Grant grant) {
        return grant.user() == null
                && grant.expires() == null
                && grant.publish().isEmpty()
                && grant.subscribe().isEmpty();
    }
}
