package dev.tidings.hub;

import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.selector.TopicSelector;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what goes on about the topics that a selector matches. An event counts for each of its topics that does.
 *
 * <p><b>Threads.</b> One.
 */
public final class SelectorActivity {

    /** How long comparing may take. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final List<TopicActivity> topics;
    private final Map<String, TopicActivity> byTopic = new HashMap<>();
    private final long end = System.nanoTime() + PATIENCE.toNanos();

    /**
     * What goes on about several topics.
     *
     * @param topics how many they are
     * @param activity what goes on; null if there is no topic
     */
    public record Sum(int topics, @Nullable TopicActivity activity) {}

    /** @param topics those that were published to lately, the newest first */
    public SelectorActivity(List<TopicActivity> topics) {
        this.topics = topics;
        topics.forEach(topic -> byTopic.put(topic.topic(), topic));
    }

    /** Whether it has compared for so long that no other selector should follow. */
    public boolean isLate() {
        return System.nanoTime() - end > 0;
    }

    /** What goes on about the topics that this selector matches. */
    public Sum of(String text) {
        TopicSelector selector = selector(text);
        if (selector == null || selector instanceof TopicSelector.Exact) {
            TopicActivity topic = byTopic.get(text);
            return new Sum(topic == null ? 0 : 1, topic);
        }
        int count = 0;
        long stored = 0;
        double rate = 0;
        TopicActivity newest = null;
        for (TopicActivity topic : topics) {
            if (isAbout(topic.topic(), selector)) {
                count++;
                stored += topic.stored();
                rate += topic.rate();
                newest = newest == null ? topic : newest;
            }
        }
        return new Sum(
                count, newest == null ? null : new TopicActivity(text, stored, rate, newest.time(), newest.id()));
    }

    /** Most begin otherwise, so that few are compared. */
    private static boolean isAbout(String topic, TopicSelector selector) {
        return topic.equals(selector.text()) || (topic.startsWith(selector.beginning()) && selector.matches(topic));
    }

    private static @Nullable TopicSelector selector(String text) {
        try {
            return TopicSelector.of(text);
        } catch (InvalidRequestException notHere) {
            // A node of another version may allow more.
            return null;
        }
    }
}
