package dev.tidings.logging;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One line of a log: what happened, and fields that tell more.
 *
 * <p>As text it is {@code stream opened user=alice topics=["/a"]}. A logger made by {@link Logs} writes it as JSON instead, if
 * that is set: log it as it is, and not its text.
 *
 * <p>Values come from strangers. So they are short: of a text the first {@value #LONGEST} characters, of a list the first
 * {@value #MOST_ITEMS} texts. And nothing in them can end a line or hide a part of it ({@link Quoted}).
 *
 * <p>It may wait to be written. Until then it holds its values, cut already, and renders nothing.
 *
 * <p><b>Threads.</b> One fills it. Then any may read it.
 */
public final class LogLine {

    /** The most characters of a text. */
    public static final int LONGEST = 512;

    /** The most texts of a list. */
    public static final int MOST_ITEMS = 3;

    private static final int LONGEST_ITEM = 200;

    private final long time = System.currentTimeMillis();
    private final String message;

    /** Names, each followed by its value: a Number, a String, or a List of them. */
    private final List<Object> fields = new ArrayList<>();

    private LogLine(String message) {
        this.message = message;
    }

    /** A line without fields. The message is the hub's own, and is not cut. */
    public static LogLine of(String message) {
        return new LogLine(message);
    }

    /** Adds a number. */
    public LogLine add(String name, Number value) {
        return addField(name, value);
    }

    /** Adds a text, unless it is null or empty. */
    public LogLine add(String name, @Nullable String value) {
        return value == null || value.isEmpty() ? this : addField(name, cut(value, LONGEST));
    }

    /**
     * Adds the first few values of a list, as texts, and how many there are in all if that is more.
     *
     * @param countName the name of that number
     */
    public LogLine addList(String name, String countName, List<?> values) {
        var first = new ArrayList<String>(MOST_ITEMS);
        for (int i = 0; i < values.size() && i < MOST_ITEMS; i++) {
            first.add(cut(values.get(i).toString(), LONGEST_ITEM));
        }
        addField(name, first);
        return values.size() > MOST_ITEMS ? addField(countName, values.size()) : this;
    }

    /** When it was made, in milliseconds since 1970. */
    long time() {
        return time;
    }

    String message() {
        return message;
    }

    /** Gives the fields in their order. A value is a Number, a String, or a List of Strings. */
    void forEach(BiConsumer<String, Object> reader) {
        for (int i = 0; i < fields.size(); i += 2) {
            reader.accept((String) fields.get(i), fields.get(i + 1));
        }
    }

    /** The line as text. */
    @Override
    public String toString() {
        var text = new StringBuilder(message);
        forEach((name, value) -> {
            text.append(' ').append(name).append('=');
            if (value instanceof String word && Quoted.isPlain(word)) {
                text.append(word);
            } else {
                Quoted.append(text, value);
            }
        });
        return text.toString();
    }

    private LogLine addField(String name, Object value) {
        fields.add(name);
        fields.add(value);
        return this;
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }
}
