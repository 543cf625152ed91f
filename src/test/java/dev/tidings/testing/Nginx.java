package dev.tidings.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real nginx in front of a hub, with the lines that the documents have people copy into a {@code server}.
 *
 * <p>Debian has it in {@code nginx-light}.
 */
public final class Nginx implements AutoCloseable {

    private static final String CONFIGURATION = """
            daemon off;
            pid nginx.pid;
            error_log stderr;
            %s
            events {}
            http {
              access_log off;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              server {
                listen 127.0.0.1:%d;
                %s
              }
            }
            """;

    private final ServerProcess process;
    private final URI uri;

    private Nginx(ServerProcess process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** Whether this machine has one. */
    public static boolean isInstalled() {
        String path = System.getenv("PATH") + ":/usr/sbin";
        return Stream.of(path.split(":")).anyMatch(directory -> Files.isExecutable(Path.of(directory, "nginx")));
    }

    /** Starts one with these blocks in its {@code server}, in front of this hub. */
    public static Nginx inFrontOf(Container hub, CodeBlock... blocks) {
        URI root = hub.uri().resolve("/");
        String lines = Stream.of(blocks).map(block -> block.at(root).code()).reduce("", String::concat);
        try {
            Path directory = Files.createTempDirectory(
                    Path.of(System.getProperty("test.clients")).toAbsolutePath(), "nginx");
            String user = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
            int port = LoopbackPort.free();
            Path configuration =
                    Files.writeString(directory.resolve("nginx.conf"), CONFIGURATION.formatted(user, port, lines));
            String binary = Files.isExecutable(Path.of("/usr/sbin/nginx")) ? "/usr/sbin/nginx" : "nginx";
            Path log = directory.resolve("nginx.log");
            ServerProcess process = ServerProcess.start(
                    List.of(binary, "-c", configuration.toString(), "-p", directory.toString()), directory, log);
            var nginx = new Nginx(process, URI.create("http://127.0.0.1:" + port));
            try {
                Eventually.passes(() -> assertThat(LoopbackPort.listens(port))
                        .as("nginx listens, see %s", log)
                        .isTrue());
                return nginx;
            } catch (Throwable failure) {
                nginx.close();
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
