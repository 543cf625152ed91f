package dev.tidings.auth;

import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
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
 * @param issued the instant in the token's {@code iat}, or null when it does not say
 * @param jti the token's own name, by which it can be revoked, or null when it has none
 * @param only what its streams may ask for, since its ticket was made for no more; null is anything
 */
public record Grant(
        @Nullable String user,
        SelectorSet publish,
        SelectorSet subscribe,
        @Nullable String payload,
        @Nullable Instant expires,
        @Nullable Instant issued,
        @Nullable String jti,
        @Nullable SelectorSet only) {

    /** How many seconds before and after its times a token counts as good, since clocks differ. */
    static final int LEEWAY_SECONDS = 5;

    private static final SelectorSet NOTHING = SelectorSet.of(List.of());
    private static final Grant ANONYMOUS = new Grant(null, NOTHING, NOTHING, null, null);

    /** What a token allows that has neither {@code iat} nor {@code jti}. */
    public Grant(
            @Nullable String user,
            SelectorSet publish,
            SelectorSet subscribe,
            @Nullable String payload,
            @Nullable Instant expires) {
        this(user, publish, subscribe, payload, expires, null, null, null);
    }

    /** Returns the same grant for streams that ask for nothing but this, and publish nothing; or the same if it is null. */
    Grant withOnly(@Nullable SelectorSet topics) {
        return new Grant(user, topics == null ? publish : NOTHING, subscribe, payload, expires, issued, jti, topics);
    }

    /**
     * Returns if a stream may ask for these. A selector may be asked for if it is one of {@link #only}, or a topic that one
     * of them matches.
     *
     * @throws ForbiddenException naming the first that is not
     */
    public void requireMayAskFor(SelectorSet asked) {
        SelectorSet most = only;
        if (most == null) {
            return;
        }
        for (TopicSelector selector : asked.selectors()) {
            if (!covers(most, selector)) {
                throw new ForbiddenException("the ticket is not for \"" + selector.text()
                        + "\". Ask for a topic that it was made for, or get a ticket for this one");
            }
        }
    }

    private static boolean covers(SelectorSet most, TopicSelector asked) {
        return most.has(asked.text())
                || most.has("*")
                || (asked instanceof TopicSelector.Exact && most.matches(asked.text()));
    }

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
