package dev.tidings.testing;

import java.net.URI;
import java.util.Locale;

/**
 * What the tests speak with the containers that they start. It is HTTP/1.1 without TLS, unless {@code test.protocol} says
 * {@code tls} or {@code h2}: {@code mvn verify -Plong} runs the tests of the doors over these as well.
 */
public enum SuiteProtocol {

    /** HTTP/1.1 without TLS. */
    HTTP,

    /** HTTP/1.1 over TLS. */
    TLS,

    /**
     * TLS, and HTTP/2 for what {@link StreamRequest}, {@link Exchange} and {@link Publisher} ask for. Requests that a test
     * writes byte by byte, and WebSockets, have connections of HTTP/1.1 beside.
     */
    H2;

    /** That of this run. */
    public static final SuiteProtocol SPOKEN =
            valueOf(System.getProperty("test.protocol", "http").toUpperCase(Locale.ROOT));

    /** Whether it is over TLS. */
    public boolean isSecure() {
        return this != HTTP;
    }

    /** Whether this server is asked over HTTP/2. */
    boolean isHttp2(URI server) {
        return this == H2 && "https".equals(server.getScheme());
    }
}
