package dev.tidings.registry;

import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pages of several nodes as one, in order of their ids.
 *
 * <p>It ends where the shortest of those ends that are not the last of their node. What stands behind it on other nodes
 * comes again with the next page.
 *
 * <p><b>Threads.</b> One at a time.
 */
final class JoinedPages<T> {

    private final Function<T, String> id;
    private final int limit;
    private final TreeMap<String, T> all = new TreeMap<>();
    private @Nullable String end;

    JoinedPages(Function<T, String> id, int limit) {
        this.id = id;
        this.limit = limit;
    }

    /** Adds the page of one node, which has more behind it or not. */
    void add(List<T> page, boolean more) {
        page.forEach(each -> all.put(id.apply(each), each));
        if (more && !page.isEmpty()) {
            String last = id.apply(page.get(page.size() - 1));
            end = end == null || last.compareTo(end) < 0 ? last : end;
        }
    }

    /** What all nodes have up to where each of them reaches, at most the limit. */
    List<T> page() {
        var reached = end == null ? all : all.headMap(end, true);
        return reached.values().stream().limit(limit).toList();
    }

    /** Whether there is more behind {@link #page}. */
    boolean more() {
        return end != null || all.size() > limit;
    }
}
