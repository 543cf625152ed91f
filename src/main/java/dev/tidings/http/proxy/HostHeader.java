package dev.tidings.http.proxy;

import dev.tidings.event.InvalidRequestException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The host and port that a request is for (RFC 9110, section 7.2). They are checked before they are shown or compared.
 *
 * <p>A name has letters, digits, hyphens, dots, underscores and tildes, as names of hosts do. RFC 3986 allows more
 * characters, but these have a meaning where hosts are shown: in headers, in pages and in a shell.
 *
 * <p><b>Threads.</b> Any.
 */
public final class HostHeader {

    private static final String NAME = "[A-Za-z0-9._~-]{1,255}";
    private static final Pattern HOST = Pattern.compile("(" + NAME + "|\\[([0-9A-Fa-f:.]+)])(?::([0-9]{0,5}))?");
    private static final Pattern LOCALHOST = Pattern.compile("(?:.+\\.)?localhost\\.?");
    private static final int MAX_PORT = 65_535;

    private static final int DEFAULT_HTTP = 80;
    private static final int DEFAULT_HTTPS = 443;

    private HostHeader() {}

    /**
     * Returns the host that a request names, with its port unless that is the scheme's own.
     *
     * @throws InvalidRequestException when that is no host
     */
    public static String of(HttpServletRequest request) {
        String host = request.getHeader("Host");
        // HTTP/2 may have the host elsewhere, and HTTP/1.0 has none. The container knows it then.
        String valid = valid(host == null ? serverName(request) : host);
        if (valid == null) {
            throw new InvalidRequestException("Host", "It is not a name or an address, with a port or without.");
        }
        return valid;
    }

    /** Returns the text when it is a host, with a port or without; otherwise null. */
    static @Nullable String valid(String text) {
        Matcher host = HOST.matcher(text);
        if (!host.matches()) {
            return null;
        }
        String address = host.group(2);
        String port = host.group(3);
        boolean wrong = address != null && IpLiteral.parse(address) == null
                || port != null && !port.isEmpty() && Integer.parseInt(port) > MAX_PORT;
        return wrong ? null : text;
    }

    /** Whether a valid host is a name or an address that means this machine on every machine. */
    public static boolean isLocal(String host) {
        Matcher parts = HOST.matcher(host);
        if (!parts.matches()) {
            return false;
        }
        String name = parts.group(1).toLowerCase(Locale.ROOT);
        InetAddress address = IpLiteral.parse(parts.group(2) == null ? name : parts.group(2));
        return address == null ? LOCALHOST.matcher(name).matches() : address.isLoopbackAddress();
    }

    private static String serverName(HttpServletRequest request) {
        int usual = request.isSecure() ? DEFAULT_HTTPS : DEFAULT_HTTP;
        int port = request.getServerPort();
        return request.getServerName() + (port == usual ? "" : ":" + port);
    }
}
