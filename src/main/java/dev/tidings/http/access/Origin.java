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
 * <p>Read strictly, because what is compared with it decides who is let in: no user information, no
 * other characters in a host than a browser sends.
 *
 * @param scheme in lower case
 * @param host in lower case; of an IPv6 address with its brackets
 * @param port the one given or else the scheme's own; {@value #NO_PORT} where it has none
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

    /** The origin that this text is and nothing else, or null. */
    static @Nullable Origin parse(String text) {
        return read(ORIGIN, text);
    }

    /** The origin of the page at this address, or null when it is no address. */
    static @Nullable Origin ofAddress(String text) {
        return read(ADDRESS, text);
    }

    /**
     * Whether a page of this origin is one of the site that the browser takes this {@code Host} for.
     *
     * <p>Only of HTTP and HTTPS: an app's own scheme may have pages of any name. Where the host names no port, it is the
     * default one of the scheme. Of the scheme all that is known may be that the last leg was without TLS, so unless it
     * is known to be HTTPS either will do.
     *
     * @param authority a name and perhaps a port
     * @param https whether the request is known to have travelled over HTTPS
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
     * Whether a page may be of this origin. Pages have no other scheme of the web's than HTTP and HTTPS, but an app's own may
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

    /** Whether the host is an IP address: in brackets, or a name that ends in a number, which no domain does. */
    boolean isAddress() {
        return host.startsWith("[") || NUMBER_AT_END.matcher(host).matches();
    }

    /** As a browser writes it. */
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
