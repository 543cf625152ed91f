package dev.tidings.hub;

import static java.util.Objects.requireNonNull;

import dev.tidings.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts stored events by topic, as they are read from the log in its order.
 *
 * <p>It has the topics that were published to last, {@value #MOST} at most, and a queue with the place and the time of each
 * event, so that it knows what is to be taken off when history forgets. A place of the queue takes 20 bytes. If the queue is
 * full, the oldest events count no more.
 *
 * <p><b>Threads.</b> One at a time.
 */
final class TopicCounts {

    /** The most topics. */
    static final int MOST = 10_000;

    /** The most events, where one with several topics counts for each. */
    static final int MOST_EVENTS = 500_000;

    /** Over which time rates are. */
    static final Duration MINUTE = Duration.ofMinutes(1);

    /** With fewer events within a minute, history may have forgotten what is older because it was old. */
    private static final int MANY = 1_000;

    private static final int FIRST_CAPACITY = 64;

    private final int most;
    private final int mostEvents;

    /** In the order of their newest events. */
    private final Map<String, Count> topics = new LinkedHashMap<>(FIRST_CAPACITY, 0.75f, true);

    // The queue, which begins at the oldest.
    private long[] sequences = new long[FIRST_CAPACITY];
    private long[] times = new long[FIRST_CAPACITY];
    private @Nullable Count[] counted = new Count[FIRST_CAPACITY];
    private int oldest;
    private int size;

    /** What is known of one topic. */
    private static final class Count {

        /** Null when the topic is none of those that were published to last. */
        private @Nullable String topic;

        private long stored;
        private long lately;
        private long time;
        private String id = "";

        Count(String topic) {
            this.topic = topic;
        }
    }

    TopicCounts() {
        this(MOST, MOST_EVENTS);
    }

    /**
     * @param most the most topics
     * @param mostEvents the most events
     */
    TopicCounts(int most, int mostEvents) {
        this.most = most;
        this.mostEvents = mostEvents;
    }

    /** Counts an event, which comes after all before. */
    void add(Event event) {
        List<String> about = event.topics();
        String id = event.id();
        for (int i = 0; i < about.size(); i++) {
            add(about.get(i), event, id);
        }
    }

    private void add(String topic, Event event, String id) {
        Count count = topics.computeIfAbsent(topic, Count::new);
        count.stored++;
        count.time = event.time().toEpochMilli();
        count.id = id;
        if (topics.size() > most) {
            dropEldest();
        }
        push(event, count);
    }

    private void dropEldest() {
        Map.Entry<String, Count> eldest = topics.entrySet().iterator().next();
        eldest.getValue().topic = null;
        topics.remove(eldest.getKey());
    }

    private void push(Event event, Count count) {
        if (size == mostEvents) {
            pop();
        } else if (size == counted.length) {
            grow();
        }
        int place = place(size);
        sequences[place] = event.sequence();
        times[place] = event.time().toEpochMilli();
        counted[place] = count;
        size++;
    }

    private void grow() {
        int capacity = (int) Math.min(mostEvents, 2L * counted.length);
        Collections.rotate(Arrays.asList(counted), -oldest);
        sequences = Arrays.copyOf(rotated(sequences), capacity);
        times = Arrays.copyOf(rotated(times), capacity);
        counted = Arrays.copyOf(counted, capacity);
        oldest = 0;
    }

    private long[] rotated(long[] full) {
        var straight = new long[full.length];
        System.arraycopy(full, oldest, straight, 0, full.length - oldest);
        System.arraycopy(full, 0, straight, full.length - oldest, oldest);
        return straight;
    }

    /** History has forgotten what it had up to this sequence number. */
    void forgetUpTo(long sequence) {
        while (size > 0 && sequences[oldest] <= sequence) {
            pop();
        }
    }

    private void pop() {
        Count count = requireNonNull(counted[oldest]);
        counted[oldest] = null;
        oldest = place(1);
        size--;
        count.stored--;
        if (count.stored == 0 && count.topic != null) {
            topics.remove(count.topic);
        }
    }

    /**
     * What is counted, the topic with the newest event first.
     *
     * @param forgotten whether history has forgotten anything
     */
    List<TopicActivity> list(Instant now, boolean forgotten) {
        topics.values().forEach(count -> count.lately = 0);
        long since = now.minus(MINUTE).toEpochMilli();
        int lately = 0;
        while (lately < size && times[place(size - 1 - lately)] > since) {
            requireNonNull(counted[place(size - 1 - lately)]).lately++;
            lately++;
        }
        double seconds = seconds(now, forgotten && lately == size && lately >= MANY);
        var list = new ArrayList<TopicActivity>(topics.size());
        for (Map.Entry<String, Count> topic : topics.entrySet()) {
            Count count = topic.getValue();
            list.add(new TopicActivity(
                    topic.getKey(), count.stored, count.lately / seconds, Instant.ofEpochMilli(count.time), count.id));
        }
        Collections.reverse(list);
        return list;
    }

    /** Over how many seconds rates are: fewer than a minute if history does not go back so far. */
    private double seconds(Instant now, boolean isShort) {
        double minute = MINUTE.toSeconds();
        return isShort ? Math.min(minute, Math.max(1, (now.toEpochMilli() - times[oldest]) / 1000.0)) : minute;
    }

    private int place(int after) {
        return (oldest + after) % counted.length;
    }
}
