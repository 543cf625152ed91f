package dev.tidings.app;

import jakarta.servlet.ServletContext;
import java.util.EventListener;
import java.util.function.Consumer;

/**
 * What Jetty's life cycle tells of the server and of this web application.
 *
 * <p>A Jetty that starts opens its connections after its web applications, so {@code contextInitialized} cannot tell at which
 * port they are. A Jetty that stops tells its listeners first, then closes its connections, and stops its web applications
 * last. If only the web application is stopped, its own life cycle tells.
 *
 * <p><b>Threads.</b> The container's.
 */
final class JettyEvents {

    private static final String LISTENER = "org.eclipse.jetty.util.component.LifeCycle$Listener";

    private JettyEvents() {}

    /** Listens to the server and the context, until it is closed. */
    static HiddenListener listen(ServletContext context, Consumer<Object> started, Runnable stopping)
            throws ReflectiveOperationException {
        Object handler = call(context, "getContextHandler");
        Object server = call(handler, "getServer");
        var listener = new HiddenListener(
                Class.forName(LISTENER, false, server.getClass().getClassLoader()),
                EventListener.class,
                "EventListener",
                (method, source) -> {
                    if (method.equals("lifeCycleStopping")) {
                        stopping.run();
                    } else if (method.equals("lifeCycleStarted") && source == server) {
                        started.accept(server);
                    }
                });
        listener.listenTo(server);
        listener.listenTo(handler);
        return listener;
    }

    private static Object call(Object object, String method) throws ReflectiveOperationException {
        return object.getClass().getMethod(method).invoke(object);
    }
}
