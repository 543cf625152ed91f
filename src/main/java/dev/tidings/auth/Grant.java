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
 * @param user the token's {@code sub} (or the claim configured instead), or null when it names nobody:
 *     1 to 255 bytes of UTF-8 without control characters, otherwise any text, so percent-encode it
 *     before it enters a topic
 * @param publish what it may publish on
 * @param subscribe the private events it may have; public ones need no grant
 * @param payload whatever the token's issuer wanted said about its subscriptions, as compact JSON, or null
 * @param expires the instant in the token's {@code exp}, without leeway; null is never. It lies within the years 1 to 9999
 */
public record Grant(
        @Nullable String user,
        SelectorSet publish,
        SelectorSet subscribe,
        @Nullable String payload,
        @Nullable Instant expires) {

    /** How long after a token's time what it opened goes on, since clocks differ; and how long before, in seconds. */
    static final int LEEWAY_SECONDS = 5;

    private static final SelectorSet NOTHING = SelectorSet.of(List.of());
    private static final Grant ANONYMOUS = new Grant(null, NOTHING, NOTHING, null, null);

    /**
     * When a stream has to end that is opened now: at the token's {@link #expires}. A token that is good for the sake of
     * the leeway has passed that, and its stream lives to the leeway's end; otherwise it would open only to end.
     *
     * @return null where it need not
     */
    public @Nullable Instant ends(Instant now) {
        if (expires == null || now.isBefore(expires)) {
            return expires;
        }
        return expires.plusSeconds(LEEWAY_SECONDS);
    }

    /** The grant of a stream without a token, where the hub allows such: public events, for ever. */
    public static Grant anonymous() {
        return ANONYMOUS;
    }
}
