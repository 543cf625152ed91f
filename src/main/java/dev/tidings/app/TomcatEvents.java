package dev.tidings.app;

import dev.tidings.logging.Logs;
import dev.tidings.ops.HiddenTomcat;
import jakarta.servlet.ServletContext;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * What Tomcat's life cycle tells of the server and of this web application.
 *
 * <p>Before a Tomcat stops, its connectors accept and its web applications answer. So does a web application before it is
 * undeployed or reloaded alone. Both is told to listeners, which hold up the stop.
 *
 * <p><b>Threads.</b> The container's.
 */
final class TomcatEvents {

    private static final System.Logger LOG = Logs.of(TomcatEvents.class);

    private static final String LISTENER = "org.apache.catalina.LifecycleListener";
    private static final String BEFORE_STOP = "before_stop";

    private TomcatEvents() {}

    /** Listens to the server and the context, until it is closed; null in another container. */
    static @Nullable HiddenListener listen(ServletContext context, Runnable stopping)
            throws ReflectiveOperationException {
        Object module = HiddenTomcat.context(context, ManagementFactory.getPlatformMBeanServer());
        if (module == null) {
            return null;
        }
        Class<?> type = Class.forName(LISTENER, false, module.getClass().getClassLoader());
        var listener = new HiddenListener(type, type, "LifecycleListener", (method, event) -> {
            if (isBeforeStop(event)) {
                stopping.run();
            }
        });
        try {
            listener.listenTo(module);
            Object engine = HiddenTomcat.call(HiddenTomcat.call(module, "getParent"), "getParent");
            listener.listenTo(HiddenTomcat.call(HiddenTomcat.call(engine, "getService"), "getServer"));
            return listener;
        } catch (ReflectiveOperationException | RuntimeException barred) {
            listener.close();
            throw barred;
        }
    }

    private static boolean isBeforeStop(Object event) {
        try {
            return BEFORE_STOP.equals(HiddenTomcat.call(event, "getType"));
        } catch (ReflectiveOperationException barred) {
            LOG.log(System.Logger.Level.DEBUG, "what Tomcat tells of its life cycle cannot be read", barred);
            return false;
        }
    }
}
