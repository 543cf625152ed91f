package dev.tidings.http.proxy;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy reports about a request that it forwarded. A member is null where the proxy does not report it, or not
 * in a form that can be read.
 *
 * @param address the address that sent the request to the proxy
 * @param scheme the protocol by which it came, in lower case
 * @param host the {@code Host} that it asked for
 */
public record Hop(
        @Nullable InetAddress address,
        @Nullable String scheme,
        @Nullable String host) {

    /** Leaves out a host that is malformed: anybody may have written it, and it is shown in pages. */
    public Hop {
        host = host == null ? null : HostHeader.valid(host);
    }

    /** A hop of which nothing is known. */
    static final Hop UNKNOWN = new Hop(null, null, null);
}
