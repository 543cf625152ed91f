package dev.tidings.hub;

import dev.tidings.event.OperatorTopics;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Explains one event to whoever asks, stream by stream.
 *
 * <p>The streams of a user mostly ask for the same. So each set of selectors is compared once. Comparing ends after a while,
 * since users choose how long it takes.
 *
 * <p><b>Threads.</b> One.
 */
final class Explainer {

    /** How long comparing may take. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final int MOST_SELECTORS = 10;
    private static final int MOST_NAMED = 3;
    private static final int MOST_CHARACTERS = 200;

    private final ExplainedEvent event;
    private final Map<SelectorSet, List<String>> asked = new HashMap<>();
    private final Map<SelectorSet, List<String>> granted = new HashMap<>();
    private final long end = System.nanoTime() + PATIENCE.toNanos();

    Explainer(ExplainedEvent event) {
        this.event = event;
    }

    /** Whether it has compared for so long that no other stream should follow. */
    boolean isLate() {
        return System.nanoTime() - end > 0;
    }

    /** What became of the event at a stream. */
    Explanation explain(Subscriber subscriber) {
        Long sequence = event.sequence();
        if (sequence != null && !subscriber.versions().areKnownAt(sequence)) {
            return of(
                    subscriber,
                    List.of(),
                    List.of(),
                    Verdict.CAME_LATER,
                    0,
                    "The stream has changed what it asks for after the event, and what it asked for before is not known any"
                            + " more.");
        }
        Subscription subscription = subscriber.versions().at(sequence == null ? Long.MAX_VALUE : sequence);
        List<String> asked = this.asked.computeIfAbsent(subscription.topics(), all -> matching(all, ""));
        // Of operators' topics, * covers none.
        String word = OperatorTopics.wordOf(event.topics().get(0));
        List<String> granted =
                this.granted.computeIfAbsent(subscription.granted(), all -> matching(all, word == null ? "" : word));
        if (asked.isEmpty()) {
            return of(
                    subscriber,
                    asked,
                    granted,
                    Verdict.NOT_ASKED,
                    0,
                    "The stream asks for " + named(subscription.topics()) + ", and the event is about "
                            + named(event.topics()) + ".");
        }
        if (event.isPrivate() && granted.isEmpty()) {
            return of(
                    subscriber,
                    asked,
                    granted,
                    Verdict.NOT_GRANTED,
                    0,
                    "The event is private and about "
                            + named(event.topics()) + ", and the stream's token may read "
                            + (subscription.granted().isEmpty() ? "nothing private" : named(subscription.granted()))
                            + ".");
        }
        if (sequence == null) {
            return of(subscriber, asked, granted, Verdict.DELIVERED, 0, "The stream would be given such an event.");
        }
        if (sequence <= subscriber.start().after().sequence()) {
            String start = subscriber.start().lastEventId();
            return of(
                    subscriber,
                    asked,
                    granted,
                    Verdict.CAME_LATER,
                    0,
                    "The stream began after the event, "
                            + (start == null ? "and did not ask for earlier ones." : "and resumed from behind it."));
        }
        ChosenEvents chosen = subscriber.start().chosen();
        if (chosen != null && sequence <= chosen.last() && !chosen.has(sequence)) {
            return of(
                    subscriber,
                    asked,
                    granted,
                    Verdict.CAME_LATER,
                    0,
                    "The stream began with the newest event of each topic, and there was a newer one then.");
        }
        Progress.Place place = subscriber.place(sequence);
        return of(subscriber, asked, granted, place.verdict(), place.before(), why(place));
    }

    private static String why(Progress.Place place) {
        return switch (place.verdict()) {
            case WAITING -> "The event waits until the stream's reader takes it, behind " + place.before() + " others.";
            case REPLAYING -> "The stream reads history, and has not come to the event yet.";
            default -> "The stream was given the event.";
        };
    }

    private static Explanation of(
            Subscriber subscriber, List<String> asked, List<String> granted, Verdict verdict, int before, String why) {
        return new Explanation(
                subscriber.id(), subscriber.connectedAt(), subscriber.node(), asked, granted, verdict, before, why);
    }

    /** The first of these that match the event and begin with this. */
    private List<String> matching(SelectorSet selectors, String beginning) {
        return selectors.selectors().stream()
                .filter(selector -> selector.text().startsWith(beginning)
                        && event.topics().stream().anyMatch(selector::matches))
                .limit(MOST_SELECTORS)
                .map(TopicSelector::text)
                .toList();
    }

    /** Some selectors, to stand in a sentence. */
    static String named(SelectorSet selectors) {
        return named(selectors.selectors().stream().map(TopicSelector::text).toList());
    }

    /** Some topics, to stand in a sentence. */
    static String named(List<String> texts) {
        String first = texts.stream()
                .limit(MOST_NAMED)
                .map(text -> text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "…" : text)
                .collect(Collectors.joining(", "));
        return texts.size() > MOST_NAMED ? first + " and " + (texts.size() - MOST_NAMED) + " more" : first;
    }
}
