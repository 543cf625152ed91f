package dev.tidings.http.proxy;

/**
 * Who sent a request, and to whom it seemed to go, as far as it can be believed.
 *
 * @param address the IP address, in one form whoever wrote it
 * @param https whether it travelled over HTTPS where it left the browser
 * @param host what the browser took for the {@code Host}: a name or an address, and perhaps a port
 */
public record Sender(String address, boolean https, String host) {

    /** The site as the browser wrote it: scheme, host and port, no slash at its end. */
    public String site() {
        return (https ? "https://" : "http://") + host;
    }
}
