package dev.tidings.http.proxy;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy says about the request that it passed on. Each member is null where it does not say, or
 * not intelligibly.
 *
 * @param address who sent it to the proxy
 * @param scheme by which protocol, in lower case
 * @param host the {@code Host} it asked for
 */
public record Hop(
        @Nullable InetAddress address,
        @Nullable String scheme,
        @Nullable String host) {

    /** Leaves out a host that is none: anybody may have written it, and it is shown. */
    public Hop {
        host = host == null ? null : HostHeader.valid(host);
    }

    /** What nobody can make sense of. */
    static final Hop UNKNOWN = new Hop(null, null, null);
}
