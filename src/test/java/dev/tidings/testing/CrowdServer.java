package dev.tidings.testing;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import tlschannel.ClientTlsChannel;

/**
 * Where the connections of a {@link Crowd} go, and whether they speak TLS.
 *
 * @param tls what it trusts, or null for none of it
 */
record CrowdServer(InetSocketAddress address, @Nullable SSLContext tls) {

    /** The host and port of a URI, by TLS if it is one of {@code https}. */
    static CrowdServer of(URI uri, SSLContext trust) {
        return new CrowdServer(
                new InetSocketAddress(uri.getHost(), uri.getPort()), "https".equals(uri.getScheme()) ? trust : null);
    }

    /** The host and port of another URI, with the same trust. */
    CrowdServer at(URI uri) {
        return new CrowdServer(new InetSocketAddress(uri.getHost(), uri.getPort()), tls);
    }

    /** What is read and written for this socket. */
    ByteChannel over(SocketChannel socket) {
        if (tls == null) {
            return socket;
        }
        SSLEngine engine = tls.createSSLEngine(address.getHostString(), address.getPort());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return ClientTlsChannel.newBuilder(socket, engine).build();
    }
}
