package dev.tidings.auth;

import dev.tidings.event.selector.SelectorSet;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verified token allows, and to whom. It never holds the token itself.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param user the token's {@code sub} (or the claim configured instead), or null when it names no user. It has 1 to 255
 *     bytes of UTF-8 and no control characters. It may be any other text, so percent-encode it before it enters a topic
 * @param publish the topics that it may publish on
 * @param subscribe the topics of private events that it may have; public events need no grant
 * @param payload JSON that the token's issuer wants in the documents of its subscriptions, compact, or null
 * @param expires the instant in the token's {@code exp}, without leeway; null is never. It lies within the years 1 to
 *     9999
 */
public record Grant(
        @Nullable String user,
        SelectorSet publish,
        SelectorSet subscribe,
        @Nullable String payload,
        @Nullable Instant expires) {

    /** How many seconds before and after its times a token counts as good, since clocks differ. */
    static final int LEEWAY_SECONDS = 5;

    private static final SelectorSet NOTHING = SelectorSet.of(List.of());
    private static final Grant ANONYMOUS = new Grant(null, NOTHING, NOTHING, null, null);

    /**
     * Returns when a stream that is opened now has to end: at the token's {@link #expires}. If that has passed, the
     * token is good only by the leeway. The stream then lives to the leeway's end, since it would otherwise end at
     * once.
     *
     * @return the end, or null for none
     */
    public @Nullable Instant ends(Instant now) {
        if (expires == null || now.isBefore(expires)) {
            return expires;
        }
        return expires.plusSeconds(LEEWAY_SECONDS);
    }

    /** Returns the grant of a stream without a token, where the hub allows it: public events, without an end. */
    public static Grant anonymous() {
        return ANONYMOUS;
    }
}
