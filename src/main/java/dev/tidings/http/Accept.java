package dev.tidings.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;

/**
 * What a request accepts (RFC 9110, section 12.5.1), as far as it decides something here.
 *
 * <p>The most specific range that covers a type gives its weight; none at all means that anything goes.
 */
public final class Accept {

    /** The second is no range by the standard. It is what some clients send, the JDK's first one among them. */
    private static final Set<String> EVERYTHING = Set.of("*/*", "*");

    private Accept() {}

    /** Whether the request does not exclude this media type, given in lower case without parameters. */
    public static boolean allows(HttpServletRequest request, String mediaType) {
        String header = String.join(",", Collections.list(request.getHeaders("Accept")));
        if (header.isBlank()) {
            return true;
        }
        return weight(header, mediaType) > 0;
    }

    /**
     * Whether the request names this media type, and wants it more than another: by its weight, else by naming it more exactly,
     * else by naming it first.
     */
    public static boolean prefers(HttpServletRequest request, String mediaType, String other) {
        String header = String.join(",", Collections.list(request.getHeaders("Accept")));
        Match wanted = match(header, mediaType);
        Match instead = match(header, other);
        if (wanted.rank < 2 || wanted.weight <= 0) {
            return false;
        }
        if (wanted.weight != instead.weight) {
            return wanted.weight > instead.weight;
        }
        return wanted.rank != instead.rank ? wanted.rank > instead.rank : wanted.index < instead.index;
    }

    /** How much the request wants this media type, from 0 to 1; 0 when it does not name it at all. */
    static double weight(String header, String mediaType) {
        return match(header, mediaType).weight;
    }

    /**
     * The range that decides on a media type.
     *
     * @param rank how exactly it names the type: 3 by its name, 2 by the kind that it is of, 1 by all; 0 if there is none
     * @param index its place among the ranges
     */
    private record Match(int rank, double weight, int index) {}

    private static Match match(String header, String mediaType) {
        String major = mediaType.substring(0, mediaType.indexOf('/')) + "/*";
        var best = new Match(0, 0, 0);
        String[] ranges = header.toLowerCase(Locale.ROOT).split(",", -1);
        for (int i = 0; i < ranges.length; i++) {
            String[] parts = ranges[i].split(";", -1);
            String name = parts[0].trim();
            int rank = name.equals(mediaType) ? 3 : name.equals(major) ? 2 : EVERYTHING.contains(name) ? 1 : 0;
            if (rank > best.rank) {
                best = new Match(rank, quality(parts), i);
            }
        }
        return best;
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].replace(" ", "");
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException unreadable) {
                    return 1;
                }
            }
        }
        return 1;
    }
}
