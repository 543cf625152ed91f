package dev.tidings.testing;

/**
 * How the server of a container speaks HTTP.
 *
 * @param uris which addresses it lets through to the WAR
 * @param sendBuffer about how many bytes the system takes for one connection before a write has to wait; 0 for as many
 *     as it likes, which may be megabytes
 * @param threads how many threads it may serve requests with; 0 for as many as it comes with, 200
 * @param connectors what follows the one connector in Tomcat's {@code server.xml}, or what Jetty's server is told after
 *     it got its one, {@link PausingConnector#XML} for instance
 * @param filters what stands in the {@code web.xml} that Tomcat reads before that of the WAR
 * @param secure whether it has a second connector, for TLS with HTTP/1.1 and HTTP/2, and the first one takes HTTP/2, too
 */
record HttpSpec(UriRules uris, int sendBuffer, int threads, String connectors, String filters, boolean secure) {

    static final HttpSpec USUAL = new HttpSpec(UriRules.SHIPPED, 0, 0, "", "", SuiteProtocol.SPOKEN.isSecure());
}
