package dev.tidings.hub;

import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a stream, as far as its opening told.
 *
 * @param user the token's user, or null
 * @param caller a name for those whose streams count together: of one user, else of one token, else of one address
 * @param address the network address, as text
 * @param userAgent what it calls itself, at most 256 characters; empty when it does not
 * @param transport how it is connected: {@code sse} or {@code ws}
 * @param payload what its token's issuer wants others to know about its subscriptions, as compact JSON, or null
 */
public record Peer(
        @Nullable String user,
        String caller,
        String address,
        String userAgent,
        String transport,
        @Nullable String payload) {

    private static final int MAX_USER_AGENT = 256;

    public Peer {
        userAgent = userAgent.length() > MAX_USER_AGENT ? userAgent.substring(0, MAX_USER_AGENT) : userAgent;
    }
}
