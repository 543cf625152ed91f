package dev.tidings.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The proxies beside {@link Nginx} that the documents have lines for: what each needs to run those of the documents on
 * a free port of this machine, for a test alone.
 */
public enum ProxyKind {

    /** Debian has it in {@code haproxy}. */
    HAPROXY("haproxy", "haproxy") {
        @Override
        String file(CodeBlock lines, int port, Path directory, Path pem) {
            // A machine may not allow us the descriptors that the documents ask for.
            return lines.with("maxconn 20000", "maxconn 400")
                    .with("bind :443", "bind 127.0.0.1:" + port)
                    .with("/etc/ssl/hub.example.com.pem", pem.toString())
                    .code();
        }

        @Override
        List<String> command(Path executable, Path file, Path directory) {
            return List.of(executable.toString(), "-db", "-f", file.toString());
        }
    },

    /** Debian has it in {@code apache2-bin}, which starts no service. */
    APACHE("apache2", "apache2-bin") {
        @Override
        String file(CodeBlock lines, int port, Path directory, Path pem) {
            String site = lines.with("*:443", "127.0.0.1:" + port)
                    .with("/etc/ssl/hub.example.com.crt", pem.toString())
                    .with("/etc/ssl/hub.example.com.key", pem.toString())
                    .code();
            return APACHE_SERVER.replace("DIRECTORY", directory.toString()).replace("PORT", Integer.toString(port))
                    + site;
        }

        @Override
        List<String> command(Path executable, Path file, Path directory) {
            return List.of(executable.toString(), "-D", "FOREGROUND", "-f", file.toString());
        }
    },

    /** Debian has it in {@code caddy}. */
    CADDY("caddy", "caddy") {
        @Override
        String file(CodeBlock lines, int port, Path directory, Path pem) {
            String site = lines.with("hub.example.com {", "https://127.0.0.1:" + port + " {\n    bind 127.0.0.1")
                    .with("/etc/ssl/hub.example.com.crt", pem.toString())
                    .with("/etc/ssl/hub.example.com.key", pem.toString())
                    .code();
            return CADDY_SERVER.replace("DIRECTORY", directory.toString()) + site;
        }

        @Override
        List<String> command(Path executable, Path file, Path directory) {
            return List.of(
                    "env",
                    "XDG_CONFIG_HOME=" + directory,
                    executable.toString(),
                    "run",
                    "--adapter",
                    "caddyfile",
                    "--config",
                    file.toString());
        }
    };

    /** What a site of Apache's stands in; Debian's modules, as {@code a2enmod} has them. */
    private static final String APACHE_SERVER = """
            ServerRoot DIRECTORY
            DefaultRuntimeDir DIRECTORY
            PidFile DIRECTORY/apache.pid
            ErrorLog /dev/stderr
            ServerName 127.0.0.1
            Listen 127.0.0.1:PORT
            LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
            LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
            LoadModule socache_shmcb_module /usr/lib/apache2/modules/mod_socache_shmcb.so
            LoadModule ssl_module /usr/lib/apache2/modules/mod_ssl.so
            LoadModule headers_module /usr/lib/apache2/modules/mod_headers.so
            LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
            LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
            <IfFile /etc/debian_version>
              User www-data
              Group www-data
            </IfFile>
            """;

    /** Without what Caddy does beside: its own interface, its port 80, and its files in the home directory. */
    private static final String CADDY_SERVER = """
            {
              admin off
              auto_https disable_redirects
              storage file_system DIRECTORY
            }
            """;

    private final String program;
    private final String debianPackage;

    ProxyKind(String program, String debianPackage) {
        this.program = program;
        this.debianPackage = debianPackage;
    }

    /** Its whole file: these lines of the documents, and what a test needs beside. */
    abstract String file(CodeBlock lines, int port, Path directory, Path pem);

    abstract List<String> command(Path executable, Path file, Path directory);

    /** Whether this machine has it; fails where it has to, so that nobody goes on for long without these tests. */
    public void assumeInstalled() {
        executable();
    }

    private Path executable() {
        return Executable.require(program, "the lines for it are not tested: apt-get install " + debianPackage);
    }

    /** Starts it in this directory, which has to be empty, and listens at this port; all it prints goes to {@code log}. */
    ServerProcess start(CodeBlock lines, int port, Path directory, Path log) throws IOException {
        Path pem = KeyStoreFile.ofTheBuild().path().resolveSibling("loopback.pem");
        Path file = Files.writeString(directory.resolve("configuration"), file(lines, port, directory, pem));
        return ServerProcess.start(command(executable(), file, directory), directory, log);
    }
}
