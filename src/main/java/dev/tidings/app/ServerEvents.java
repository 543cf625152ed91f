package dev.tidings.app;

import dev.tidings.logging.Logs;
import dev.tidings.ops.HiddenJetty;
import jakarta.servlet.ServletContext;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task when the server, or this web application in it, is asked to stop, while its connections are still open and
 * requests are answered. Of a Jetty it also tells when the server has started.
 *
 * <p>When a container calls {@code contextDestroyed} it is too late to end streams gently: Jetty has closed its connections,
 * and Tomcat answers no requests any more. What tells earlier is hidden from web applications, so it is called by reflection.
 * Where that is not allowed, and in other containers, no task ever runs.
 *
 * <p><b>Threads.</b> The container's. A task holds up the start or the stop.
 */
final class ServerEvents implements AutoCloseable {

    private static final System.Logger LOG = Logs.of(ServerEvents.class);

    private final @Nullable HiddenListener listener;

    private ServerEvents(@Nullable HiddenListener listener) {
        this.listener = listener;
    }

    /**
     * Has the tasks run when the server of that context has started, and when it, or the context, begins to stop.
     *
     * @param started gets the server; it never runs when the server has started already
     * @param stopping may run more than once
     */
    static ServerEvents of(ServletContext context, Consumer<Object> started, Runnable stopping) {
        try {
            return new ServerEvents(
                    HiddenJetty.is(context)
                            ? JettyEvents.listen(context, started, stopping)
                            : TomcatEvents.listen(context, stopping));
        } catch (ReflectiveOperationException | RuntimeException barred) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "the hub hears nothing of the server's start, and of its stop only when it is too late for waves",
                    barred);
            return new ServerEvents(null);
        }
    }

    /** Stops listening, so that the server keeps no class of ours in memory. */
    @Override
    public void close() {
        if (listener != null) {
            listener.close();
        }
    }
}
