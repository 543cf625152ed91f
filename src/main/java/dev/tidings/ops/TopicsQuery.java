package dev.tidings.ops;

import dev.tidings.event.InvalidRequestException;
import dev.tidings.http.Query;
import dev.tidings.hub.TopicActivity;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which page of topics, or of selectors, a query asks for.
 *
 * <p>Most orders change all the time. The next page goes on behind the place where the last one of this page is by then.
 *
 * @param bySelector whether selectors are listed, and not topics
 * @param part what they contain, in upper or lower case
 * @param sort their order
 * @param limit how many are listed at most; a page with long ones has fewer
 * @param after the one after which the page goes on, or null
 */
record TopicsQuery(
        boolean bySelector,
        String part,
        String sort,
        int limit,
        @Nullable String after) {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    /** The most characters of a page, since other nodes are asked about all of it. */
    private static final int MOST_CHARACTERS = 1 << 18;

    private static final String BY = "by";
    private static final String TOPIC = "topic";
    private static final String SELECTOR = "selector";
    private static final String SORT = "sort";
    private static final String STREAMS = "streams";

    /** The orders of topics, the usual one first. */
    private static final List<String> TOPIC_SORTS = List.of("newest", "rate", "stored", TOPIC);

    private static final List<String> SELECTOR_SORTS = List.of(STREAMS, SELECTOR);

    private static final Map<String, Comparator<TopicActivity>> ORDERS = Map.of(
            "rate",
            Comparator.comparingDouble(TopicActivity::rate).reversed().thenComparing(TopicActivity::topic),
            "stored",
            Comparator.comparingLong(TopicActivity::stored).reversed().thenComparing(TopicActivity::topic),
            TOPIC,
            Comparator.comparing(TopicActivity::topic));

    /** @throws InvalidRequestException if a parameter has a value that it cannot have */
    static TopicsQuery read(Query query) {
        boolean bySelector = choose(query, BY, List.of(TOPIC, SELECTOR)).equals(SELECTOR);
        String part = query.first("q");
        return new TopicsQuery(
                bySelector,
                part == null ? "" : part,
                choose(query, SORT, bySelector ? SELECTOR_SORTS : TOPIC_SORTS),
                query.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT),
                query.first("after"));
    }

    private static String choose(Query query, String name, List<String> allowed) {
        String value = query.first(name);
        if (value == null || value.isEmpty()) {
            return allowed.get(0);
        }
        if (!allowed.contains(value)) {
            throw new InvalidRequestException(name, "Give one of " + String.join(", ", allowed) + ".");
        }
        return value;
    }

    /** The topics that are meant, in the order that is asked for. They are given with the newest first. */
    List<TopicActivity> chosen(List<TopicActivity> newest) {
        String wanted = part.toLowerCase(Locale.ROOT);
        var chosen = new ArrayList<TopicActivity>();
        for (TopicActivity topic : newest) {
            if (topic.topic().toLowerCase(Locale.ROOT).contains(wanted)) {
                chosen.add(topic);
            }
        }
        Comparator<TopicActivity> order = ORDERS.get(sort);
        if (order != null) {
            chosen.sort(order);
        }
        return chosen;
    }

    /** The selectors in the order that is asked for. They are given with those first by which most streams ask. */
    List<String> sorted(Map<String, Integer> selectors) {
        return sort.equals(SELECTOR) ? selectors.keySet().stream().sorted().toList() : List.copyOf(selectors.keySet());
    }

    /**
     * The page of all.
     *
     * @throws InvalidRequestException if the one after which it goes on is not there any more
     */
    <T> List<T> page(List<T> all, Function<T, String> name) {
        int from = 0;
        if (after != null) {
            while (from < all.size() && !name.apply(all.get(from)).equals(after)) {
                from++;
            }
            if (from == all.size()) {
                throw new InvalidRequestException("after", "It is not in the list any more; begin without it.");
            }
            from++;
        }
        int to = from;
        int characters = 0;
        while (to < all.size() && to - from < limit) {
            characters += name.apply(all.get(to)).length();
            if (to > from && characters > MOST_CHARACTERS) {
                break;
            }
            to++;
        }
        return all.subList(from, to);
    }

    /** Leads to the next page, if the last one of all is not on this. */
    void lead(HttpServletResponse response, String lastOfAll, String lastOfPage) {
        if (!lastOfAll.equals(lastOfPage)) {
            response.setHeader(
                    "Link",
                    "<?by=" + (bySelector ? SELECTOR : TOPIC) + "&q=" + encoded(part) + "&sort=" + sort + "&limit="
                            + limit + "&after=" + encoded(lastOfPage) + ">; rel=\"next\"");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
