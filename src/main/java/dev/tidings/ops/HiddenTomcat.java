package dev.tidings.ops;

import dev.tidings.logging.Logs;
import jakarta.servlet.ServletContext;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * The Tomcat that a web application runs in.
 *
 * <p>Tomcat hides its classes from web applications. It shows the objects by JMX, so they are called by reflection.
 *
 * <p><b>Threads.</b> Any.
 */
public final class HiddenTomcat {

    private static final System.Logger LOG = Logs.of(HiddenTomcat.class);

    private HiddenTomcat() {}

    /** Tomcat's own object for this web application; null in another container, or if it does not show it. */
    public static @Nullable Object context(ServletContext context, MBeanServer server) {
        for (ObjectName name : server.queryNames(webModules(), null)) {
            try {
                Object module = server.getAttribute(name, "managedResource");
                if (call(module, "getServletContext") == context) {
                    return module;
                }
            } catch (JMException | ReflectiveOperationException | RuntimeException another) {
                LOG.log(System.Logger.Level.DEBUG, "the web application " + name + " cannot be looked at", another);
            }
        }
        return null;
    }

    /** What a method without parameters returns. */
    public static Object call(Object object, String method) throws ReflectiveOperationException {
        return object.getClass().getMethod(method).invoke(object);
    }

    private static ObjectName webModules() {
        try {
            return new ObjectName("*:j2eeType=WebModule,*");
        } catch (MalformedObjectNameException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
