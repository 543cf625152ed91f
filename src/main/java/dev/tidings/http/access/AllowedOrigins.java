package dev.tidings.http.access;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The origins of other sites that an operator lets in. An entry of the list is one of these:
 *
 * <ul>
 *   <li>an origin, such as {@code https://app.example.com}
 *   <li>every origin below a domain, such as {@code https://*.example.com}: one or more labels in front of it, and the
 *       same scheme and port
 *   <li>{@code null}, which browsers send for pages from files and in sandboxes
 *   <li>{@code *}, which is everybody and names no origin
 * </ul>
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class AllowedOrigins {

    private static final String EVERYBODY = "*";
    private static final String NULL = "null";
    private static final String BELOW = "://*.";

    private final Set<Origin> exact = new HashSet<>();
    private final List<Origin> below = new ArrayList<>();
    private final Set<String> words = new HashSet<>();

    /** @throws IllegalArgumentException naming the first entry that is none of these */
    public AllowedOrigins(List<String> origins) {
        for (String text : origins) {
            if (text.equals(EVERYBODY) || text.equals(NULL)) {
                words.add(text);
            } else if (text.contains(BELOW)) {
                below.add(domain(text));
            } else {
                exact.add(exact(text));
            }
        }
    }

    /**
     * Returns origins that may do more than read: their pages may publish with the cookie.
     *
     * @param readers the origins that may read answers. A page that publishes has to read its answer
     * @throws IllegalArgumentException naming the first entry that is no origin, or none of the readers
     */
    public static AllowedOrigins publishing(List<String> origins, AllowedOrigins readers) {
        var publishing = new AllowedOrigins(origins);
        if (!publishing.words.isEmpty()) {
            throw new IllegalArgumentException(
                    publishing.words + " would let any page publish with a visitor's cookie; list origins by name");
        }
        for (Origin origin : publishing.exact) {
            if (!readers.includes(origin)) {
                throw notListed(origin.toString());
            }
        }
        for (Origin domain : publishing.below) {
            if (readers.below.stream().noneMatch(wider -> wider.equals(domain) || isBelow(domain, wider))) {
                throw notListed(domain.toString().replace("://", BELOW));
            }
        }
        return publishing;
    }

    /** Whether everybody is let in. */
    boolean includesEverybody() {
        return words.contains(EVERYBODY);
    }

    /** Whether the origin is listed by itself or with its domain. {@code *} lists no origin. */
    boolean includes(Origin origin) {
        return exact.contains(origin) || below.stream().anyMatch(domain -> isBelow(origin, domain));
    }

    /** Whether the value of an {@code Origin} header is listed. It may be {@code null}, or malformed. */
    boolean includes(String header) {
        Origin origin = Origin.parse(header);
        return origin == null ? header.equals(NULL) && words.contains(NULL) : includes(origin);
    }

    private static boolean isBelow(Origin origin, Origin domain) {
        return origin.scheme().equals(domain.scheme())
                && origin.port() == domain.port()
                && origin.host().endsWith("." + domain.host());
    }

    /** Reads the domain behind the asterisk. An IP address has no origins below it. */
    private static Origin domain(String text) {
        Origin domain = Origin.parse(text.replace(BELOW, "://"));
        if (domain == null || domain.isAddress() || !domain.canBeAPages()) {
            throw refused(text);
        }
        return domain;
    }

    private static Origin exact(String text) {
        Origin origin = Origin.parse(text);
        if (origin == null || !origin.canBeAPages()) {
            throw refused(text);
        }
        return origin;
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("\"" + text
                + "\" is no origin that a browser sends. Write scheme, host in ASCII and perhaps a port, with"
                + " nothing behind: https://app.example.com, https://*.example.com, http://localhost:3000 or"
                + " capacitor://localhost. Also allowed are null and *");
    }

    private static IllegalArgumentException notListed(String origin) {
        return new IllegalArgumentException(origin
                + " is not in tidings.cors.origins, so its pages could not read the answers; list it there, too");
    }
}
