package dev.tidings.bench;

import dev.tidings.testing.CrowdEventSource;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A balancer: it asks {@code /health/ready} of each node twice a second, and leads each connection to one that is ready, at random. What
 * goes over a connection does not go through it, so that it takes nothing of the machine.
 *
 * <p><b>Threads.</b> Any. One of its own asks.
 */
final class ReadyNodes implements CrowdEventSource.Balancer, AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int PATIENCE_MILLIS = 2_000;
    private static final int OK = 200;

    private final Repeating repeating = new Repeating("ready-nodes", PAUSE, this::ask);
    private volatile List<URI> nodes;
    private volatile List<URI> ready = List.of();

    ReadyNodes(List<URI> nodes) {
        this.nodes = List.copyOf(nodes);
        repeating.start();
    }

    /** Has it ask these from now on. */
    void leadTo(List<URI> others) {
        nodes = List.copyOf(others);
    }

    /** How many are ready. */
    int count() {
        return ready.size();
    }

    @Override
    public URI next() throws ConnectException {
        List<URI> all = ready;
        if (all.isEmpty()) {
            throw new ConnectException("no node is ready");
        }
        return all.get(ThreadLocalRandom.current().nextInt(all.size()));
    }

    @Override
    public void close() {
        repeating.close();
    }

    private void ask() {
        ready = nodes.stream().filter(ReadyNodes::isReady).toList();
    }

    private static boolean isReady(URI node) {
        try {
            var health = (HttpURLConnection)
                    URI.create(node + "/health/ready").toURL().openConnection();
            health.setConnectTimeout(PATIENCE_MILLIS);
            health.setReadTimeout(PATIENCE_MILLIS);
            return health.getResponseCode() == OK;
        } catch (IOException gone) {
            return false;
        }
    }
}
