package dev.tidings.hub;

import org.jspecify.annotations.Nullable;

/**
 * The other end of a stream, as far as its opening request tells.
 *
 * @param user the token's user, or null
 * @param caller streams with an equal one count together: of one user, else of one token, else of one address
 * @param address the network address, as text; of IPv6 all eight groups
 * @param userAgent its {@code User-Agent}, at most 256 characters; empty if it sent none
 * @param transport how it is connected: {@code sse} or {@code ws}
 * @param payload the token's {@code payload}, which its issuer shows in subscription documents, as compact JSON; or null
 */
public record Peer(
        @Nullable String user,
        String caller,
        String address,
        String userAgent,
        String transport,
        @Nullable String payload) {

    private static final int MAX_USER_AGENT = 256;

    /** How many of the eight groups of an IPv6 address name its network. */
    private static final int NETWORK_GROUPS = 4;

    public Peer {
        userAgent = userAgent.length() > MAX_USER_AGENT ? userAgent.substring(0, MAX_USER_AGENT) : userAgent;
    }

    /**
     * What counts as one address: that of IPv4, and of IPv6 the network of 64 bits, since one machine has all addresses of such a
     * network to choose from.
     */
    public String network() {
        int end = -1;
        for (int i = 0; i < NETWORK_GROUPS; i++) {
            end = address.indexOf(':', end + 1);
            if (end < 0) {
                return address;
            }
        }
        return address.substring(0, end) + "::/64";
    }
}
