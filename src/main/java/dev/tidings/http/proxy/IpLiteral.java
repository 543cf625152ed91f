package dev.tidings.http.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * IP addresses as they are written in headers and settings. No name is ever looked up.
 *
 * <p>An IPv4 address inside an IPv6 one ({@code ::ffff:192.0.2.1}) is the IPv4 address.
 *
 * <p><b>Threads.</b> Any.
 */
public final class IpLiteral {

    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern V4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

    /** Roughly an IPv6 address; Java decides. It asks no name server about a text of this form with a colon. */
    private static final Pattern V6 = Pattern.compile("(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]*");

    /** An address with or without a port (RFC 7239, section 6). The brackets of IPv6 are optional here. */
    private static final Pattern NODE = Pattern.compile("\\[([^]]*)](?::\\w+)?|([0-9.]+)(?::\\w+)?|([^\\[\\]]+)");

    private IpLiteral() {}

    /** Returns the address, or null when the text is none. The zone, which follows a {@code %}, is left out. */
    public static @Nullable InetAddress parse(String text) {
        int zone = text.indexOf('%');
        String literal = zone < 0 ? text : text.substring(0, zone);
        if (!V4.matcher(literal).matches() && !V6.matcher(literal).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /**
     * Returns the address in {@code 192.0.2.1:80}, {@code [2001:db8::1]:80} or the like, or null when there is
     * none.
     */
    public static @Nullable InetAddress parseNode(String text) {
        Matcher node = NODE.matcher(text);
        if (!node.matches()) {
            return null;
        }
        for (int form = 1; form <= node.groupCount(); form++) {
            String address = node.group(form);
            if (address != null) {
                return parse(address);
            }
        }
        return null;
    }
}
