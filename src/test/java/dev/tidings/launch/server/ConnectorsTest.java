package dev.tidings.launch.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.config.ServerSettings;
import dev.tidings.config.SettingSources;
import dev.tidings.testing.KeyStoreFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server of {@code java -jar} is set up as {@code jetty-base} says, in each property of it. */
class ConnectorsTest {

    private static final Path BASE = Path.of("jetty-base");
    private static final ServerSettings PLAIN = new ServerSettings("127.0.0.1", 0, null);

    @Test
    void everyPropertyOfJettyBaseIsComparedHere() throws IOException {
        assertThat(base().stringPropertyNames())
                .containsExactlyInAnyOrder(
                        "jetty.http.port",
                        "jetty.http.acceptQueueSize",
                        "jetty.httpConfig.uriCompliance",
                        "jetty.byteBufferPool.maxCapacity",
                        "jetty.httpConfig.useInputDirectByteBuffers",
                        "jetty.httpConfig.useOutputDirectByteBuffers",
                        "jetty.threadPool.idleTimeout",
                        "jetty.threadPool.maxEvictCount");
    }

    @Test
    void connectorIsThatOfJettyBase() throws IOException {
        Properties base = base();
        Server server = Connectors.server();
        ServerConnector connector = Connectors.connector(server, PLAIN);
        HttpConfiguration http =
                connector.getConnectionFactory(HttpConnectionFactory.class).getHttpConfiguration();
        assertThat(connector.getAcceptQueueSize()).isEqualTo(number(base, "jetty.http.acceptQueueSize"));
        assertThat(http.getUriCompliance().getAllowed())
                .isEqualTo(UriCompliance.from(base.getProperty("jetty.httpConfig.uriCompliance"))
                        .getAllowed());
        assertThat(http.isUseInputDirectByteBuffers())
                .isEqualTo(isOn(base, "jetty.httpConfig.useInputDirectByteBuffers"));
        assertThat(http.isUseOutputDirectByteBuffers())
                .isEqualTo(isOn(base, "jetty.httpConfig.useOutputDirectByteBuffers"));
    }

    @Test
    void threadsThatNothingNeedsGoAsFastAsInJettyBase() throws IOException {
        var threads = (QueuedThreadPool) Connectors.server().getThreadPool();
        assertThat(threads.getIdleTimeout()).isEqualTo(number(base(), "jetty.threadPool.idleTimeout"));
        assertThat(threads.getMaxEvictCount()).isEqualTo(number(base(), "jetty.threadPool.maxEvictCount"));
    }

    /** A pool that keeps no buffer larger than a byte keeps none. */
    @Test
    void connectionsShareNoBuffers() throws IOException {
        assertThat(number(base(), "jetty.byteBufferPool.maxCapacity")).isEqualTo(1);
        ByteBufferPool pool = Connectors.server().getByteBufferPool();
        RetainableByteBuffer first = pool.acquire(8192, false);
        first.release();
        assertThat(pool.acquire(8192, false).getByteBuffer().array())
                .isNotSameAs(first.getByteBuffer().array());
        assertThat(pool).isInstanceOf(ByteBufferPool.NonPooling.class);
    }

    @Test
    void slashesOfTopicsMayStandEncodedInAPath(@TempDir Path war) throws IOException {
        assertThat(Files.readString(BASE.resolve("environments/ee10.xml"))).contains("\"decodeAmbiguousURIs\">true<");
        WebAppContext context = WebApplication.in(Files.createDirectory(war.resolve("war")));
        assertThat(context.getServletHandler().isDecodeAmbiguousURIs()).isTrue();
    }

    @Test
    void portOfJettyBaseIsTheDefault() throws IOException {
        assertThat(ServerSettings.read(new SettingSources(Map.of(), Map.of(), Map.of()))
                        .port())
                .isEqualTo(number(base(), "jetty.http.port"));
    }

    @Test
    void overTlsNothingIsInDirectBuffersEither(@TempDir Path directory) {
        var keystore =
                new ServerSettings.Keystore(KeyStoreFile.in(directory).path().toString(), KeyStoreFile.PASSWORD);
        ServerConnector connector =
                Connectors.connector(Connectors.server(), new ServerSettings("127.0.0.1", 0, keystore));
        assertThat(connector.getProtocols()).containsExactly("ssl", "alpn", "h2", "http/1.1");
        SslConnectionFactory tls = connector.getConnectionFactory(SslConnectionFactory.class);
        assertThat(tls.isDirectBuffersForDecryption()).isFalse();
        assertThat(tls.isDirectBuffersForEncryption()).isFalse();
        HTTP2ServerConnectionFactory http2 = connector.getConnectionFactory(HTTP2ServerConnectionFactory.class);
        assertThat(http2.isUseInputDirectByteBuffers()).isFalse();
        assertThat(http2.isUseOutputDirectByteBuffers()).isFalse();
        assertThat(http2.isConnectProtocolEnabled())
                .as("browsers may open WebSockets")
                .isTrue();
    }

    private static int number(Properties base, String name) {
        return Integer.parseInt(base.getProperty(name));
    }

    private static boolean isOn(Properties base, String name) {
        return Boolean.parseBoolean(base.getProperty(name));
    }

    /** All properties in all files; a line such as {@code --module=http} is none. */
    private static Properties base() throws IOException {
        var all = new Properties();
        try (var files = Files.list(BASE.resolve("start.d"))) {
            for (Path file : files.toList()) {
                try (Reader reader = Files.newBufferedReader(file)) {
                    all.load(reader);
                }
            }
        }
        all.remove("--module");
        Set<String> names = new TreeSet<>(all.stringPropertyNames());
        assertThat(names).isNotEmpty();
        return all;
    }
}
