package dev.tidings.auth;

import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.Topic;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.StrictSelector;
import dev.tidings.event.selector.TopicSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a token without a {@code mercure} claim allows.
 *
 * <p>In its selectors {@code {sub}} stands for the token's user, percent-encoded. So no user name becomes a template or
 * reaches another user's topics. A token that names no user gets no selector with {@code {sub}}.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class DefaultGrant {

    private static final String USER_PLACEHOLDER = "{sub}";

    /** Another variable of that name. It would match the topics of every user. */
    private static final Pattern OTHER_SUB_VARIABLE = Pattern.compile("\\{[^{}]*(?<![\\w.%])sub(?![\\w.%])[^{}]*}");

    private static final String LONGEST_USER = "%00".repeat(UserClaim.MAX_BYTES);

    private final List<String> subscribe;
    private final List<String> publish;

    /**
     * @param subscribe selectors to subscribe to, in which {@code {sub}} stands for the user
     * @param publish selectors to publish on, in which {@code {sub}} stands for the user
     * @throws IllegalArgumentException naming the first text that is no selector, or is none for some user
     */
    public DefaultGrant(List<String> subscribe, List<String> publish) {
        this.subscribe = checked(subscribe);
        this.publish = checked(publish);
    }

    /** Returns the selectors that this user may subscribe to; null is a token without a user. */
    public SelectorSet subscribe(@Nullable String user) {
        return forUser(subscribe, user);
    }

    /** Returns the selectors that this user may publish on; null is a token without a user. */
    SelectorSet publish(@Nullable String user) {
        return forUser(publish, user);
    }

    private static SelectorSet forUser(List<String> texts, @Nullable String user) {
        String encoded = user == null ? null : Topic.percentEncode(user);
        var selectors = new ArrayList<TopicSelector>(texts.size());
        for (String text : texts) {
            if (!text.contains(USER_PLACEHOLDER)) {
                selectors.add(TopicSelector.of(text));
            } else if (encoded != null) {
                selectors.add(TopicSelector.of(text.replace(USER_PLACEHOLDER, encoded)));
            }
        }
        return SelectorSet.of(selectors);
    }

    private static List<String> checked(List<String> texts) {
        for (String text : texts) {
            StrictSelector.of(text);
            if (OTHER_SUB_VARIABLE.matcher(text.replace(USER_PLACEHOLDER, "")).find()) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" would be the same for all users; write the user as " + USER_PLACEHOLDER
                                + ", alone in its braces");
            }
            try {
                TopicSelector.of(text.replace(USER_PLACEHOLDER, LONGEST_USER));
            } catch (InvalidRequestException e) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is not a topic selector for every user: " + e.getMessage(), e);
            }
        }
        return List.copyOf(texts);
    }
}
