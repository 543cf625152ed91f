package dev.tidings.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The claim {@code mercure} of a token: what it allows, in the issuer's own words. The same under
 * {@code https://mercure.rocks/} wins, and the other is then not looked at.
 *
 * <p>A list that is absent is empty; {@code null} is absent, as some JSON writers say it so. Both
 * lists together hold at most {@value #MAX_SELECTORS} selectors. Members nobody knows are ignored.
 *
 * @param publish what it may publish on
 * @param subscribe the private events it may have
 * @param payload compact JSON, or null
 */
record MercureClaim(
        SelectorSet publish,
        SelectorSet subscribe,
        @Nullable String payload) {

    /** The most selectors that one token may hold. */
    static final int MAX_SELECTORS = 1000;

    private static final String NAME = "mercure";
    private static final String NAMESPACED = "https://mercure.rocks/";

    /**
     * What these claims allow, or null where the claim is absent.
     *
     * @throws UnauthorizedException saying which part of the claim is not what it should be
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
                    + " topic selectors, publish and subscribe together, and " + MAX_SELECTORS + " are allowed");
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
                    "entry " + number + " of the token's mercure." + member + " is no text");
        }
        try {
            return TopicSelector.of(entry.textValue());
        } catch (InvalidRequestException e) {
            throw UnauthorizedException.badToken("entry " + number + " of the token's mercure." + member
                    + " is no topic selector (" + e.getMessage() + ")");
        }
    }
}
