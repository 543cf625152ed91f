package dev.tidings.testing;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real nginx in front of a hub, with the lines that the documents have people copy.
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
              %s
            }
            """;

    private static final Pattern CERTIFICATE = Pattern.compile("/etc/ssl/[\\w.-]+");

    private static final String SERVER = """
            server {
              listen 127.0.0.1:PORT;
              LINES
            }
            """;

    private final ServerProcess process;
    private final URI uri;

    private Nginx(ServerProcess process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** Whether this machine has one; fails where it has to, so that nobody goes on for long without these tests. */
    public static void assumeInstalled() {
        executable();
    }

    /** The line that lets its workers write where only we may; empty if we are no administrator. */
    public static String userLine() {
        return "root".equals(System.getProperty("user.name")) ? "user root;\n" : "";
    }

    private static Path executable() {
        return Executable.require("nginx", "the lines for it are not tested: apt-get install nginx-light");
    }

    /** Starts one with these blocks in its {@code server}, in front of this hub. */
    public static Nginx inFrontOf(Container hub, CodeBlock... blocks) {
        return start("http", SERVER.replace("LINES", lines(hub.uri(), blocks)));
    }

    /**
     * Starts one with this block, which has the whole {@code server}, over TLS with this certificate, in front of the hub
     * at this address. Further blocks stand in the same {@code server}.
     */
    public static Nginx overTls(KeyStoreFile certificate, URI hub, CodeBlock server, CodeBlock... more) {
        String file = lines(hub, server);
        String servers = file.substring(0, file.lastIndexOf('}')) + lines(hub, more) + "}\n";
        String pem = certificate.pem().toString();
        return start(
                "https", CERTIFICATE.matcher(servers).replaceAll(pem).replace("listen 443", "listen 127.0.0.1:PORT"));
    }

    /** Starts one with this file of servers, of which one listens on port 80. */
    public static Nginx withServers(String file) {
        return start("http", file.replace("listen 80", "listen 127.0.0.1:PORT"));
    }

    private static String lines(URI hub, CodeBlock... blocks) {
        URI root = hub.resolve("/");
        return Stream.of(blocks).map(block -> block.at(root).code()).collect(joining());
    }

    private static Nginx start(String scheme, String servers) {
        try {
            Path directory = Files.createTempDirectory(
                    Files.createDirectories(
                            Path.of(System.getProperty("test.clients")).toAbsolutePath()),
                    "nginx");
            int port = LoopbackPort.free();
            String text = CONFIGURATION.formatted(userLine(), servers.replace("PORT", Integer.toString(port)));
            Path configuration = Files.writeString(directory.resolve("nginx.conf"), text);
            Path log = directory.resolve("nginx.log");
            ServerProcess process = ServerProcess.start(
                    List.of(executable().toString(), "-c", configuration.toString(), "-p", directory.toString()),
                    directory,
                    log);
            var nginx = new Nginx(process, URI.create(scheme + "://127.0.0.1:" + port));
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
