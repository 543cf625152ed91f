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
 * What a token without a {@code mercure} claim allows: selectors in which {@code {sub}} stands for
 * its user, percent-encoded, so that no user name becomes a template or reaches into a neighbour's
 * topics. For a token that names no user, the selectors with {@code {sub}} do not exist.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class DefaultGrant {

    private static final String PLACE_OF_USER = "{sub}";

    /** A variable of that name which {@link #PLACE_OF_USER} is not, and so matches everybody's. */
    private static final Pattern OTHER_PLACE_OF_USER = Pattern.compile("\\{[^{}]*(?<![\\w.%])sub(?![\\w.%])[^{}]*}");

    private static final String LONGEST_USER = "%00".repeat(UserClaim.MAX_BYTES);

    private final List<String> subscribe;
    private final List<String> publish;

    /**
     * @param subscribe selectors, in which {@code {sub}} stands for the user
     * @param publish the same, to publish on
     * @throws IllegalArgumentException naming the first selector that is none, or would not be one for
     *     some user
     */
    public DefaultGrant(List<String> subscribe, List<String> publish) {
        this.subscribe = checked(subscribe);
        this.publish = checked(publish);
    }

    /** What somebody may subscribe to by default. */
    SelectorSet subscribe(@Nullable String user) {
        return forUser(subscribe, user);
    }

    /** What somebody may publish on by default. */
    SelectorSet publish(@Nullable String user) {
        return forUser(publish, user);
    }

    private static SelectorSet forUser(List<String> texts, @Nullable String user) {
        String encoded = user == null ? null : Topic.percentEncode(user);
        var selectors = new ArrayList<TopicSelector>(texts.size());
        for (String text : texts) {
            if (!text.contains(PLACE_OF_USER)) {
                selectors.add(TopicSelector.of(text));
            } else if (encoded != null) {
                selectors.add(TopicSelector.of(text.replace(PLACE_OF_USER, encoded)));
            }
        }
        return SelectorSet.of(selectors);
    }

    private static List<String> checked(List<String> texts) {
        for (String text : texts) {
            StrictSelector.of(text);
            if (OTHER_PLACE_OF_USER.matcher(text.replace(PLACE_OF_USER, "")).find()) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" would be the same for all users, whatever their name:" + " only "
                                + PLACE_OF_USER + " stands for the user, alone in its braces");
            }
            try {
                TopicSelector.of(text.replace(PLACE_OF_USER, LONGEST_USER));
            } catch (InvalidRequestException e) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is no topic selector for every user: " + e.getMessage(), e);
            }
        }
        return List.copyOf(texts);
    }
}
