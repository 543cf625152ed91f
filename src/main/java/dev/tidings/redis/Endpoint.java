package dev.tidings.redis;

/**
 * The host and port of one server.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param host a name, or an IPv4 or IPv6 address without brackets
 */
record Endpoint(String host, int port) {

    /** Returns {@code host:port}, with an IPv6 address in brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
