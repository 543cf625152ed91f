package dev.tidings.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A real proxy in front of a hub, with the lines that the documents have people copy. It shows the certificate {@link
 * KeyStoreFile#ofTheBuild}.
 */
public final class TlsProxy implements AutoCloseable {

    private final ServerProcess process;
    private final URI uri;

    private TlsProxy(ServerProcess process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** Starts one of this kind with these lines, in front of the hub at this address. */
    public static TlsProxy start(ProxyKind kind, CodeBlock lines, URI hub) {
        try {
            Path directory = Files.createTempDirectory(
                    Files.createDirectories(
                            Path.of(System.getProperty("test.clients")).toAbsolutePath()),
                    "proxy");
            int port = LoopbackPort.free();
            Path log = directory.resolve("proxy.log");
            CodeBlock ours = lines.with("127.0.0.1:8080", hub.getAuthority());
            var proxy = new TlsProxy(kind.start(ours, port, directory, log), URI.create("https://127.0.0.1:" + port));
            try {
                Eventually.holds(
                        kind + " listens, or has ended, see " + log,
                        () -> !proxy.process.isAlive() || LoopbackPort.listens(port));
                assertThat(proxy.process.isAlive())
                        .as("%s runs, see %s", kind, log)
                        .isTrue();
                return proxy;
            } catch (Throwable failure) {
                proxy.close();
                throw failure;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public URI uri() {
        return uri;
    }

    @Override
    public void close() {
        process.close();
    }
}
