package dev.tidings.launch.server;

import dev.tidings.config.ServerSettings;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Makes the server and its connector as {@code jetty-base} in the repository sets them up; a test compares the two. The
 * reasons stand there, in {@code start.d}.
 *
 * <p><b>Threads.</b> One.
 */
final class Connectors {

    static final int ACCEPT_QUEUE = 4096;

    /** For how long no thread ends after one was started. */
    static final int THREAD_IDLE_MILLIS = 2_000;

    /** How many threads without work may end in as long a time. The reason is in {@code threads.ini}. */
    static final int THREADS_EVICTED = 100;

    static final String URI_COMPLIANCE =
            "DEFAULT,AMBIGUOUS_PATH_SEPARATOR,AMBIGUOUS_PATH_ENCODING,SUSPICIOUS_PATH_CHARACTERS,ILLEGAL_PATH_CHARACTERS";

    private Connectors() {}

    /** Returns a server whose connections share no buffers. */
    static Server server() {
        var threads = new QueuedThreadPool();
        threads.setIdleTimeout(THREAD_IDLE_MILLIS);
        threads.setMaxEvictCount(THREADS_EVICTED);
        threads.setName("server");
        return new Server(threads, null, new ByteBufferPool.NonPooling());
    }

    /** Adds a connector to the server, and what watches its certificate. */
    static ServerConnector connector(Server server, ServerSettings settings) {
        HttpConfiguration http = configuration();
        var connector = new ServerConnector(server, factories(server, http, settings));
        connector.setHost(settings.address());
        connector.setPort(settings.port());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        server.addConnector(connector);
        return connector;
    }

    private static HttpConfiguration configuration() {
        var http = new HttpConfiguration();
        http.setUriCompliance(UriCompliance.from(URI_COMPLIANCE));
        http.setUseInputDirectByteBuffers(false);
        http.setUseOutputDirectByteBuffers(false);
        http.setSendServerVersion(false);
        return http;
    }

    private static ConnectionFactory[] factories(Server server, HttpConfiguration http, ServerSettings settings) {
        var http1 = new HttpConnectionFactory(http);
        if (settings.tls() == null) {
            return new ConnectionFactory[] {http1};
        }
        // One certificate for every name by which the hub is reached, such as that of a load balancer that asks for its
        // health.
        var secure = new SecureRequestCustomizer();
        secure.setSniHostCheck(false);
        http.addCustomizer(secure);
        var alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http1.getProtocol());
        var certificate = new ReloadedCertificate(settings.tls());
        server.addBean(certificate);
        var tls = new SslConnectionFactory(certificate.contexts(), alpn.getProtocol());
        tls.setDirectBuffersForEncryption(false);
        tls.setDirectBuffersForDecryption(false);
        return new ConnectionFactory[] {tls, alpn, http2(http), http1};
    }

    private static HTTP2ServerConnectionFactory http2(HttpConfiguration http) {
        var http2 = new HTTP2ServerConnectionFactory(http);
        http2.setUseInputDirectByteBuffers(false);
        http2.setUseOutputDirectByteBuffers(false);
        return http2;
    }
}
