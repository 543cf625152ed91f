package dev.tidings.bench;

import dev.tidings.bench.Target.Ability;
import dev.tidings.testing.LoopbackPort;
import dev.tidings.testing.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Starts nginx with its module nchan, as Debian's packages {@code nginx} and {@code libnginx-mod-nchan} have them.
 *
 * <p><b>Threads.</b> Any.
 */
record NchanLauncher() implements Launcher {

    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_nchan_module.so");

    /** One worker, and as much of history as the scenarios need. */
    private static final String CONFIGURATION = """
            load_module %s;
            %s
            worker_processes 1;
            worker_rlimit_nofile 20000;
            daemon off;
            pid nginx.pid;
            error_log error.log warn;
            events {
              worker_connections 19900;
              use epoll;
              multi_accept on;
            }
            http {
              access_log off;
              keepalive_timeout 3600s;
              keepalive_requests 100000000;
              tcp_nodelay on;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              nchan_shared_memory_size 512m;
              server {
                listen 127.0.0.1:%d backlog=4096;
                location ~ ^/sse/(\\w+)$ {
                  nchan_subscriber eventsource;
                  nchan_channel_id $1;
                  nchan_subscriber_first_message newest;
                  nchan_message_buffer_length %d;
                }
                location ~ ^/pub/(\\w+)$ {
                  nchan_publisher;
                  nchan_channel_id $1;
                  nchan_message_buffer_length %<d;
                  nchan_message_timeout 60s;
                }
              }
            }
            """;

    private static final int HISTORY = 2_000;

    @Override
    public String name() {
        return "nchan";
    }

    @Override
    public boolean isHub() {
        return false;
    }

    @Override
    public Optional<String> missing() {
        return Files.isExecutable(NGINX) && Files.exists(MODULE)
                ? Optional.empty()
                : Optional.of("Debian's packages nginx and libnginx-mod-nchan");
    }

    @Override
    public Target start(Path directory) {
        try {
            int port = LoopbackPort.free();
            String user = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
            Path configuration = directory.resolve("nginx.conf");
            Files.writeString(configuration, CONFIGURATION.formatted(MODULE, user, port, HISTORY));
            ServerProcess process = PeerProcess.start(
                    name(),
                    List.of(NGINX.toString(), "-c", configuration.toString(), "-p", directory.toString()),
                    directory,
                    () -> LoopbackPort.listens(port));
            return new PeerTarget(
                    name(),
                    URI.create("http://127.0.0.1:" + port),
                    ProcessHandle.of(process.pid()),
                    Set.of(Ability.RESUME, Ability.SLOW_READERS),
                    new ByPath(),
                    process::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
