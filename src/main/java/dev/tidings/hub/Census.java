package dev.tidings.hub;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The streams of this node, in numbers.
 *
 * @param streams how many there are, by transport and state
 * @param answers how many answers are under way or wait for an event, to those who read once
 * @param queued how many events wait in their outboxes
 */
public record Census(Map<String, Map<SubscriberState, Integer>> streams, int answers, long queued) {

    /** How many streams of a transport are in a state. */
    public int count(String transport, SubscriberState state) {
        return streams.getOrDefault(transport, Map.of()).getOrDefault(state, 0);
    }

    /** Counts these. */
    static Census of(Iterable<Subscriber> subscribers) {
        var streams = new TreeMap<String, Map<SubscriberState, Integer>>();
        long queued = 0;
        int answers = 0;
        for (Subscriber subscriber : subscribers) {
            queued += subscriber.queued();
            if (!subscriber.isClient()) {
                answers++;
                continue;
            }
            String transport = subscriber.subscription().peer().transport();
            streams.computeIfAbsent(transport, none -> new EnumMap<>(SubscriberState.class))
                    .merge(subscriber.state(), 1, Integer::sum);
        }
        return new Census(streams, answers, queued);
    }
}
