package dev.tidings.launch.server;

import dev.tidings.config.ServerSettings;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A running Jetty with the hub in it.
 *
 * <p><b>Threads.</b> Any.
 */
public final class HubServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(HubServer.class.getName());

    /** How long requests under way may take once the streams have ended, for which the hub itself holds the stop up. */
    private static final long STOP_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private final Server server;
    private final ServerConnector connector;
    private final boolean overTls;

    private HubServer(Server server, ServerConnector connector, boolean overTls) {
        this.server = server;
        this.connector = connector;
        this.overTls = overTls;
    }

    /**
     * Makes a server that does not run yet.
     *
     * @param war the directory with the web application
     * @throws IllegalArgumentException with a sentence for the operator, when its certificate or key cannot be used
     */
    public static HubServer of(ServerSettings settings, Path war) {
        Server server = Connectors.server();
        server.setStopTimeout(STOP_MILLIS);
        ServerConnector connector = Connectors.connector(server, settings);
        server.setHandler(WebApplication.in(war));
        return new HubServer(server, connector, settings.tls() != null);
    }

    /**
     * Starts it.
     *
     * @throws StartException when the port is taken, the hub is not deployed, or the like
     */
    public void start() throws StartException {
        try {
            server.start();
        } catch (Exception failure) {
            throw StartFailure.of(failure, connector.getHost(), connector.getPort());
        }
    }

    /** The address at which a browser on this machine opens it. */
    public String address() {
        String host = connector.getHost();
        if (host.equals("0.0.0.0") || host.equals("::")) {
            host = "127.0.0.1";
        }
        return (overTls ? "https" : "http") + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + connector.getLocalPort() + "/";
    }

    /** Waits until it has stopped. */
    public void join() throws InterruptedException {
        server.join();
    }

    /** Ends all streams, over {@code tidings.drain} if any is open, and stops a few seconds later at most. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failure) {
            LOG.log(System.Logger.Level.WARNING, "the server did not stop as it should", failure);
        }
    }
}
