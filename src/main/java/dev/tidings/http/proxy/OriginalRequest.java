package dev.tidings.http.proxy;

/**
 * A request as its client sent it, before any proxy forwarded it. Only what can be believed is in it.
 *
 * @param address the client's IP address, in one form whichever header it stood in
 * @param https whether the request left the client over HTTPS
 * @param host the {@code Host} that the client asked for: a name or an address, and perhaps a port
 */
public record OriginalRequest(String address, boolean https, String host) {

    /** Returns the site as a browser shows it: scheme, host and port, with no slash at its end. */
    public String site() {
        return (https ? "https://" : "http://") + host;
    }
}
