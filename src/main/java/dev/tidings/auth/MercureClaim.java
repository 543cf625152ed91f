package dev.tidings.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The claim {@code mercure} of a token, by which its issuer says what it allows. If there is also a claim
 * {@code https://mercure.rocks/}, only that one counts.
 *
 * <p>An absent list is empty. {@code null} counts as absent, since some JSON writers write it so. Both lists together
 * have at most {@value #MAX_SELECTORS} selectors. Unknown members are ignored.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param publish the topics that the token may publish on
 * @param subscribe the topics of private events that it may have
 * @param payload compact JSON, or null
 */
record MercureClaim(
        SelectorSet publish,
        SelectorSet subscribe,
        @Nullable String payload) {

    /** The most selectors of one token. */
    static final int MAX_SELECTORS = 1000;

    static final String NAME = "mercure";
    private static final String NAMESPACED = "https://mercure.rocks/";

    /**
     * Reads the claim, or returns null where it is absent.
     *
     * @throws UnauthorizedException naming the part of the claim that is wrong
     */
    static @Nullable MercureClaim in(JsonNode claims) {
        String name = claims.hasNonNull(NAMESPACED) ? NAMESPACED : NAME;
        if (!claims.hasNonNull(name)) {
            return null;
        }
        JsonNode claim = claims.get(name);
        if (!claim.isObject()) {
            throw UnauthorizedException.badToken("the token's claim " + name + " is not a JSON object");
        }
        JsonNode publish = list(claim, "publish");
        JsonNode subscribe = list(claim, "subscribe");
        int count = publish.size() + subscribe.size();
        if (count > MAX_SELECTORS) {
            throw UnauthorizedException.badToken("the token holds " + count
                    + " topic selectors in publish and subscribe together; at most " + MAX_SELECTORS + " are allowed");
        }
        JsonNode payload = claim.path("payload");
        return new MercureClaim(
                selectors(publish, "publish"),
                selectors(subscribe, "subscribe"),
                payload.isMissingNode() || payload.isNull() ? null : payload.toString());
    }

    private static JsonNode list(JsonNode claim, String member) {
        JsonNode list = claim.path(member);
        if (!list.isArray() && !list.isMissingNode() && !list.isNull()) {
            throw UnauthorizedException.badToken("the token's mercure." + member + " is not a list");
        }
        return list;
    }

    private static SelectorSet selectors(JsonNode list, String member) {
        var selectors = new ArrayList<TopicSelector>(list.size());
        for (JsonNode entry : list) {
            selectors.add(selector(entry, member, selectors.size() + 1));
        }
        return SelectorSet.of(List.copyOf(selectors));
    }

    private static TopicSelector selector(JsonNode entry, String member, int number) {
        if (!entry.isTextual()) {
            throw UnauthorizedException.badToken(
                    "entry " + number + " of the token's mercure." + member + " is not a string");
        }
        try {
            return TopicSelector.of(entry.textValue());
        } catch (InvalidRequestException e) {
            throw UnauthorizedException.badToken("entry " + number + " of the token's mercure." + member
                    + " is not a topic selector (" + e.getMessage() + ")");
        }
    }
}
