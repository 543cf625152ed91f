package dev.tidings.http.proxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the header {@code Forwarded} (RFC 7239).
 *
 * <p>A line that is malformed, or says something twice about one hop, becomes a hop of which nothing is known. It is
 * not left out, since a fault must not hide what a later proxy has added in a line of its own.
 *
 * <p><b>Threads.</b> Any.
 */
public final class ForwardedHeader {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*+\"";
    private static final Pattern PAIR = Pattern.compile("(" + TOKEN + ")=(" + TOKEN + "|" + QUOTED + ")");
    private static final Pattern SEPARATOR = Pattern.compile("[ \\t]*([;,])[ \\t]*");

    private ForwardedHeader() {}

    /** Returns the hops that the proxies report, the nearest proxy last. */
    public static List<Hop> parse(List<String> lines) {
        var hops = new ArrayList<Hop>();
        for (String line : lines) {
            hops.addAll(parse(line.strip()));
        }
        return hops;
    }

    private static List<Hop> parse(String line) {
        var hops = new ArrayList<Hop>();
        var pairs = new HashMap<String, String>();
        Matcher pair = PAIR.matcher(line);
        Matcher separator = SEPARATOR.matcher(line);
        int at = 0;
        while (at < line.length()) {
            if (pair.region(at, line.length()).lookingAt()) {
                at = pair.end();
                if (pairs.put(pair.group(1).toLowerCase(Locale.ROOT), unquoted(pair.group(2))) != null) {
                    return List.of(Hop.UNKNOWN);
                }
            }
            if (at == line.length()) {
                break;
            }
            if (!separator.region(at, line.length()).lookingAt()) {
                return List.of(Hop.UNKNOWN);
            }
            at = separator.end();
            if (separator.group(1).equals(",")) {
                addTo(hops, pairs);
                pairs.clear();
            }
        }
        addTo(hops, pairs);
        return hops;
    }

    /**
     * Adds the hop that one element describes. A list may have empty elements (RFC 9110, section 5.6.1): they are no
     * hops.
     */
    private static void addTo(List<Hop> hops, Map<String, String> pairs) {
        if (pairs.isEmpty()) {
            return;
        }
        String node = pairs.get("for");
        String scheme = pairs.get("proto");
        hops.add(new Hop(
                node == null ? null : IpLiteral.parseNode(node),
                scheme == null ? null : scheme.toLowerCase(Locale.ROOT),
                pairs.get("host")));
    }

    private static String unquoted(String value) {
        return value.startsWith("\"") ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }
}
