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

    /** How much the request wants this media type, from 0 to 1; 0 when it does not name it at all. */
    static double weight(String header, String mediaType) {
        String major = mediaType.substring(0, mediaType.indexOf('/')) + "/*";
        int bestRank = 0;
        double weight = 0;
        for (String range : header.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = range.split(";", -1);
            String name = parts[0].trim();
            int rank = name.equals(mediaType) ? 3 : name.equals(major) ? 2 : EVERYTHING.contains(name) ? 1 : 0;
            if (rank > bestRank) {
                bestRank = rank;
                weight = quality(parts);
            }
        }
        return weight;
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
