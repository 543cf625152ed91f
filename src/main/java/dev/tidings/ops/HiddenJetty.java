package dev.tidings.ops;

import dev.tidings.logging.Logs;
import jakarta.servlet.ServletContext;

/**
 * The Jetty that a web application runs in.
 *
 * <p>Jetty hides its classes from web applications, so they are called by reflection. Where that is not allowed, and on
 * other containers, nothing is looked at.
 *
 * <p><b>Threads.</b> Any.
 */
public final class HiddenJetty {

    private static final System.Logger LOG = Logs.of(HiddenJetty.class);

    private HiddenJetty() {}

    /** Looks at an object of Jetty's. */
    interface Look {

        /**
         * Looks at it.
         *
         * @throws ReflectiveOperationException if Jetty has no such method; then there is nothing to say
         */
        void at(Object object) throws ReflectiveOperationException;
    }

    /** Whether the web application runs in a Jetty. */
    public static boolean is(ServletContext context) {
        return context.getClass().getName().startsWith("org.eclipse.jetty.");
    }

    /** Looks at the server. */
    static void server(ServletContext context, Look look) {
        context(context, handler -> look.at(call(handler, "getServer")));
    }

    /** Looks at the handler of the web application itself. */
    static void context(ServletContext context, Look look) {
        if (!is(context)) {
            return;
        }
        try {
            look.at(call(context, "getContextHandler"));
        } catch (ReflectiveOperationException | RuntimeException barred) {
            LOG.log(System.Logger.Level.DEBUG, "how Jetty is set up cannot be read", barred);
        }
    }

    /** What a method without parameters returns. */
    static Object call(Object object, String method) throws ReflectiveOperationException {
        return object.getClass().getMethod(method).invoke(object);
    }
}
