package dev.tidings.app;

import dev.tidings.logging.Logs;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.EventListener;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task when a Jetty server has started, and another when it is asked to stop, while its connections are still
 * open.
 *
 * <p>A Jetty that starts opens its connections after its web applications, so {@code contextInitialized} cannot tell
 * at which port they are.
 *
 * <p>A Jetty that stops closes its connections first and its web applications last. When it calls
 * {@code contextDestroyed} no stream can be ended gently any more, and clients take that for a failure. Jetty's life
 * cycle tells earlier, but its classes are hidden from web applications, so they are called by reflection. Where
 * reflection is not allowed no task ever runs. Other containers do not need it: Tomcat stops its web applications
 * while their connections are open.
 *
 * <p><b>Threads.</b> The container's. A task holds up the start or the end of the server, so it should take seconds at most.
 */
final class ServerEvents implements AutoCloseable {

    private static final System.Logger LOG = Logs.of(ServerEvents.class);

    private static final String LISTENER = "org.eclipse.jetty.util.component.LifeCycle$Listener";

    private final @Nullable Object server;
    private final @Nullable EventListener listener;

    private ServerEvents(@Nullable Object server, @Nullable EventListener listener) {
        this.server = server;
        this.listener = listener;
    }

    /**
     * Has the tasks run when the server of that context has started, and when it begins to stop.
     *
     * @param started gets the server; it never runs when the server has started already
     */
    static ServerEvents of(ServletContext context, Consumer<Object> started, Runnable stopping) {
        if (!context.getClass().getName().startsWith("org.eclipse.jetty.")) {
            return new ServerEvents(null, null);
        }
        try {
            Object server = call(call(context, "getContextHandler"), "getServer");
            Class<?> type = Class.forName(LISTENER, false, server.getClass().getClassLoader());
            var listener = (EventListener) Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) ->
                            answer(proxy, method, arguments, () -> started.accept(server), stopping));
            server.getClass().getMethod("addEventListener", EventListener.class).invoke(server, listener);
            return new ServerEvents(server, listener);
        } catch (ReflectiveOperationException | RuntimeException barred) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "the hub hears nothing of the server's start, and of its stop only when connections are closed",
                    barred);
            return new ServerEvents(null, null);
        }
    }

    /** Stops listening, so that the server keeps no class of ours in memory. */
    @Override
    public void close() {
        if (server == null) {
            return;
        }
        try {
            server.getClass()
                    .getMethod("removeEventListener", EventListener.class)
                    .invoke(server, listener);
        } catch (ReflectiveOperationException | RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "the server keeps the stopped web application in memory", failure);
        }
    }

    private static @Nullable Object answer(
            Object proxy, Method method, @Nullable Object @Nullable [] arguments, Runnable started, Runnable stopping) {
        switch (method.getName()) {
            case "lifeCycleStarted" -> started.run();
            case "lifeCycleStopping" -> stopping.run();
            case "equals" -> {
                return arguments != null && proxy == arguments[0];
            }
            case "hashCode" -> {
                return System.identityHashCode(proxy);
            }
            case "toString" -> {
                return "Tidings";
            }
            default -> {}
        }
        return null;
    }

    private static Object call(Object object, String method) throws ReflectiveOperationException {
        return object.getClass().getMethod(method).invoke(object);
    }
}
