package dev.tidings.testing;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What stands between two blank lines of an event stream: an event, a heartbeat, an id or a comment.
 *
 * <p>A field is null where the block does not have it, which is not the same as having it empty.
 *
 * @param lines the lines as they came, without their ends
 */
public record Block(List<String> lines) {

    /** Whether a browser would dispatch this: it has data, be it empty. */
    public boolean isEvent() {
        return data() != null;
    }

    /** Whether all this does is to move the last event id; comments may stand beside it. */
    public boolean isIdOnly() {
        return id() != null
                && lines.stream().map(Block::fieldOf).allMatch(field -> field.equals("id") || field.isEmpty());
    }

    /** Whether this is comments and nothing else. */
    public boolean isComment() {
        return lines.stream().allMatch(line -> fieldOf(line).isEmpty());
    }

    /** The event's type; {@code message} where it has none, as a browser would have it. */
    public String type() {
        String type = last("event");
        return type == null || type.isEmpty() ? "message" : type;
    }

    /** The id this block sets. */
    public @Nullable String id() {
        return last("id");
    }

    /** The data, its lines joined by LF. */
    public @Nullable String data() {
        List<String> all = values("data");
        return all.isEmpty() ? null : String.join("\n", all);
    }

    /** How long the client is to wait before it connects again, in milliseconds. */
    public @Nullable Long retry() {
        String retry = last("retry");
        return retry == null ? null : Long.valueOf(retry);
    }

    /** What the comments say, the space after the colon removed. */
    public List<String> comments() {
        return values("");
    }

    private @Nullable String last(String field) {
        List<String> all = values(field);
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    private List<String> values(String field) {
        return lines.stream()
                .filter(line -> fieldOf(line).equals(field))
                .map(Block::valueOf)
                .toList();
    }

    static String fieldOf(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? line : line.substring(0, colon);
    }

    static String valueOf(String line) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            return "";
        }
        String value = line.substring(colon + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    @Override
    public String toString() {
        return lines.stream().collect(Collectors.joining("⏎", "⟦", "⟧"));
    }
}
