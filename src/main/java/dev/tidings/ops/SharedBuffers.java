package dev.tidings.ops;

import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks, when the hub starts on Jetty, whether connections share buffers there. Jetty may give a buffer to the next
 * connection while the one before still reads into it, and then a good request has bytes of a stranger's; the deployment
 * guide tells when.
 *
 * <p>Jetty's classes are hidden from web applications, so the way to them is reflection. Where the way is barred, and on
 * other containers, there is nothing to say.
 *
 * <p><b>Threads.</b> Any.
 */
public final class SharedBuffers {

    private static final System.Logger LOG = System.getLogger(SharedBuffers.class.getName());

    /** Of a smaller buffer Jetty makes no use for requests. */
    private static final int REQUEST_BYTES = 1024;

    private SharedBuffers() {}

    /** Sentences for the operator, one for each connector whose connections share buffers. */
    public static List<String> warnings(ServletContext context) {
        var warnings = new ArrayList<String>();
        if (context.getClass().getName().startsWith("org.eclipse.jetty.")) {
            try {
                look(call(call(context, "getContextHandler"), "getServer"), warnings);
            } catch (ReflectiveOperationException | RuntimeException barred) {
                LOG.log(System.Logger.Level.DEBUG, "how Jetty's connectors are set cannot be read", barred);
            }
        }
        return warnings;
    }

    private static void look(Object server, List<String> warnings) throws ReflectiveOperationException {
        for (Object connector : (Object[]) call(server, "getConnectors")) {
            if (isShared(call(connector, "getByteBufferPool"))) {
                warnings.add("The connections of Jetty's connector " + connector + " share buffers. When one of them"
                        + " sends a malformed request, another's request may be refused, or have bytes of a"
                        + " stranger's. Copy start.d/buffers.ini from Tidings' jetty-base");
            }
        }
    }

    /** Only pools that say up to which size they keep buffers are known to share them. */
    private static boolean isShared(Object pool) throws ReflectiveOperationException {
        try {
            return (int) call(pool, "getMaxCapacity") >= REQUEST_BYTES;
        } catch (NoSuchMethodException another) {
            return false;
        }
    }

    private static Object call(Object object, String method) throws ReflectiveOperationException {
        return object.getClass().getMethod(method).invoke(object);
    }
}
