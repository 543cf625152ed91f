package dev.tidings.http;

import dev.tidings.event.InvalidRequestException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * The names and values of a query or a form, in the order in which they were written.
 *
 * <p>Parsed by us, once and strictly ({@code application/x-www-form-urlencoded}, WHATWG URL standard,
 * section 5.1, but nothing malformed is mended), because the containers' own parameters merge query
 * and body, cut off at bounds of their own and treat malformed input each in its own way.
 *
 * <p>Holds at most {@value #MAX_PAIRS} pairs; that leaves room for every field that may be repeated.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class Query implements Iterable<Query.Pair> {

    /** One name and its value, which is empty where there was no {@code =}. */
    public record Pair(String name, String value) {}

    static final int MAX_PAIRS = 2_000;

    /** Jetty puts it where it could not decode bytes. A client that means this character escapes it. */
    private static final char MALFORMED = '\uFFFD';

    private static final String ATTRIBUTE = Query.class.getName();

    private final List<Pair> pairs;

    private Query(List<Pair> pairs) {
        this.pairs = pairs;
    }

    /** The query of this request, parsed at the first call. */
    public static Query of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Query parsed) {
            return parsed;
        }
        Query query = parse(request.getQueryString());
        request.setAttribute(ATTRIBUTE, query);
        return query;
    }

    /** Removes the query from the request: one that stays open for hours would keep it in memory as long. */
    public static void forget(HttpServletRequest request) {
        request.removeAttribute(ATTRIBUTE);
    }

    /**
     * Parses the part of an address after the question mark.
     *
     * @param raw as the client wrote it, or null when there is none
     * @throws InvalidRequestException naming the malformed escape, or the field that is not UTF-8
     */
    static Query parse(@Nullable String raw) {
        if (raw == null) {
            return new Query(List.of());
        }
        if (raw.indexOf(MALFORMED) >= 0) {
            throw new InvalidRequestException(
                    "query", "It is not UTF-8; write characters outside ASCII as percent escapes of UTF-8.");
        }
        return parse(raw, "query");
    }

    /** Parses a form body, as {@link #parse} does a query. */
    public static Query parseForm(String body) {
        return parse(body, "body");
    }

    /** The values of every pair of that name, in order. */
    public List<String> all(String name) {
        var values = new ArrayList<String>();
        for (Pair pair : pairs) {
            if (pair.name().equals(name)) {
                values.add(pair.value());
            }
        }
        return values;
    }

    /** The first value of that name, or null when there is none. */
    public @Nullable String first(String name) {
        for (Pair pair : pairs) {
            if (pair.name().equals(name)) {
                return pair.value();
            }
        }
        return null;
    }

    /**
     * The only value of that name, or null when there is none.
     *
     * @throws InvalidRequestException when there are several
     */
    public @Nullable String one(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw new InvalidRequestException(name, "It is given more than once; give one.");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /**
     * Refuses fields that are not known where a misspelled one would make the answer another one.
     *
     * @throws InvalidRequestException naming the first that is not one of these
     */
    public void requireOnly(Set<String> names) {
        for (Pair pair : pairs) {
            if (!names.contains(pair.name())) {
                throw new InvalidRequestException(
                        pair.name(),
                        "It is unknown; there are "
                                + String.join(", ", names.stream().sorted().toList()) + ".");
            }
        }
    }

    /**
     * The number that the only value of that name is; if there is none, or it is empty, the usual one.
     *
     * @param least 0 or more
     * @throws InvalidRequestException when it is no whole number, or out of these bounds, or there are several
     */
    public int number(String name, int least, int most, int usual) {
        String text = one(name);
        if (text == null || text.isEmpty()) {
            return usual;
        }
        // Digits of other scripts are numbers to Java.
        int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw new InvalidRequestException(name, "Give a whole number from " + least + " to " + most + ".");
        }
        return number;
    }

    /**
     * Whether the only value of that name is {@code true}; not when there is none, or it is {@code false}.
     *
     * @throws InvalidRequestException when it is something else, or there are several
     */
    public boolean flag(String name) {
        String text = one(name);
        if (text == null || text.equals("false")) {
            return false;
        }
        if (!text.equals("true")) {
            throw new InvalidRequestException(name, "Give " + name + "=true, or leave it out.");
        }
        return true;
    }

    /**
     * A part of a path, decoded as a value of a query is, except that {@code +} stays as it is.
     *
     * @throws InvalidRequestException naming the malformed escape, or that it is not UTF-8
     */
    public static String ofPath(String part) {
        return decode(part.replace("+", "%2B"), "path");
    }

    /** The same without the pairs of these names. */
    public Query without(Set<String> names) {
        return new Query(
                pairs.stream().filter(pair -> !names.contains(pair.name())).toList());
    }

    @Override
    public Iterator<Pair> iterator() {
        return pairs.iterator();
    }

    private static Query parse(String raw, String place) {
        var pairs = new ArrayList<Pair>();
        var parts = new StringTokenizer(raw, "&");
        while (parts.hasMoreTokens()) {
            if (pairs.size() == MAX_PAIRS) {
                throw new InvalidRequestException(place, "There are more than " + MAX_PAIRS + " fields.");
            }
            String part = parts.nextToken();
            int equals = part.indexOf('=');
            String name = decode(equals < 0 ? part : part.substring(0, equals), place);
            String value = equals < 0 ? "" : decode(part.substring(equals + 1), name);
            pairs.add(new Pair(name, value));
        }
        return new Query(List.copyOf(pairs));
    }

    private static String decode(String text, String field) {
        if (text.indexOf('%') < 0) {
            return text.replace('+', ' ');
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte next = bytes[i];
            if (next == '%') {
                next = (byte) escaped(bytes, i, field);
                i += 2;
            } else if (next == '+') {
                next = ' ';
            }
            bytes[length++] = next;
        }
        return Utf8.decode(bytes, length, field);
    }

    private static int escaped(byte[] bytes, int percent, String field) {
        int high = percent + 1 < bytes.length ? Character.digit(bytes[percent + 1], 16) : -1;
        int low = percent + 2 < bytes.length ? Character.digit(bytes[percent + 2], 16) : -1;
        if (high < 0 || low < 0) {
            int end = Math.min(percent + 3, bytes.length);
            String escape = new String(bytes, percent, end - percent, StandardCharsets.UTF_8);
            throw new InvalidRequestException(
                    field, "The escape \"" + escape + "\" is malformed: % takes two hex digits.");
        }
        return high << 4 | low;
    }
}
