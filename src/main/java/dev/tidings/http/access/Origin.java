package dev.tidings.http.access;

import dev.tidings.http.proxy.IpLiteral;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a page comes from (RFC 6454): scheme, host and port, as a browser writes them.
 *
 * <p>It is read strictly, since it decides who is let in: it has no user information, and a host has only characters
 * that browsers send.
 *
 * @param scheme in lower case
 * @param host in lower case; an IPv6 address has its brackets
 * @param port the given port, or else the scheme's own; {@value #NO_PORT} where the scheme has none
 */
record Origin(String scheme, String host, int port) {

    static final int NO_PORT = -1;

    private static final int MAX_PORT = 65_535;
    private static final int MAX_HOST = 253;
    private static final Set<String> SCHEMES_WITHOUT_PAGES =
            Set.of("ftp", "ws", "wss", "file", "data", "blob", "about", "javascript", "mailto");
    private static final Pattern NUMBER_AT_END = Pattern.compile("(.*\\.)?\\d+\\.?");

    private static final String SCHEME = "([a-z][a-z0-9+.-]*)";
    private static final String HOST = "([a-z0-9_-]++(?:\\.[a-z0-9_-]++)*+\\.?|\\[[0-9a-f:.]+])";
    private static final String PORT = "(?::(\\d{1,5}))?";

    private static final Pattern ORIGIN = Pattern.compile(SCHEME + "://" + HOST + PORT);
    private static final Pattern ADDRESS = Pattern.compile(SCHEME + "://" + HOST + PORT + "(?:[/?#].*)?");
    private static final Pattern AUTHORITY = Pattern.compile(HOST + PORT);

    /** Reads an origin from a text that has nothing else in it. Returns null for another text. */
    static @Nullable Origin parse(String text) {
        return read(ORIGIN, text);
    }

    /** Returns the origin of the page at this address, or null when the text is no address. */
    static @Nullable Origin ofAddress(String text) {
        return read(ADDRESS, text);
    }

    /**
     * Whether a page of this origin is one of the site that the browser takes this {@code Host} for.
     *
     * <p>Only HTTP and HTTPS have such pages, since an app's own scheme may have pages of any name. If the host names
     * no port, it means the scheme's own. The hub may know only that the last hop had no TLS. So either scheme will do,
     * unless the request is known to have come over HTTPS.
     *
     * @param authority a name and perhaps a port
     * @param https whether the request is known to have left the browser over HTTPS
     */
    boolean isSiteOf(String authority, boolean https) {
        Matcher given = AUTHORITY.matcher(authority.toLowerCase(Locale.ROOT));
        if (!given.matches() || !given.group(1).equals(host) || defaultPort(scheme) == NO_PORT) {
            return false;
        }
        if (given.group(2) != null) {
            return Integer.parseInt(given.group(2)) == port;
        }
        return port == defaultPort(https ? "https" : scheme);
    }

    /**
     * Whether pages can have this origin. Of the web's own schemes only HTTP and HTTPS have pages. An app's scheme may
     * be anything ({@code capacitor}, {@code chrome-extension}).
     */
    boolean canBeAPages() {
        if (SCHEMES_WITHOUT_PAGES.contains(scheme) || port == 0 || port > MAX_PORT) {
            return false;
        }
        if (isAddress()) {
            String address = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            return IpLiteral.parse(address) != null;
        }
        return host.length() <= MAX_HOST;
    }

    /** Whether the host is an IP address: it is in brackets, or its last label is a number, as that of no domain is. */
    boolean isAddress() {
        return host.startsWith("[") || NUMBER_AT_END.matcher(host).matches();
    }

    /** Returns the origin as a browser writes it. */
    @Override
    public String toString() {
        return scheme + "://" + host + (port == defaultPort(scheme) ? "" : ":" + port);
    }

    private static @Nullable Origin read(Pattern pattern, String text) {
        Matcher origin = pattern.matcher(text.toLowerCase(Locale.ROOT));
        if (!origin.matches()) {
            return null;
        }
        String scheme = origin.group(1);
        String port = origin.group(3);
        return new Origin(scheme, origin.group(2), port == null ? defaultPort(scheme) : Integer.parseInt(port));
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default -> NO_PORT;
        };
    }
}
