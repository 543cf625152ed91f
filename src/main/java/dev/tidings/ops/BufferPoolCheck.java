package dev.tidings.ops;

import static dev.tidings.ops.HiddenJetty.call;

import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks whether connections share buffers, when the hub starts on Jetty.
 *
 * <p>Jetty may give a buffer to the next connection while the one before still reads into it. A good request then has
 * bytes of a stranger's request. The deployment guide says when.
 *
 * <p><b>Threads.</b> Any.
 */
public final class BufferPoolCheck {

    /** Jetty uses no smaller buffer for requests. */
    private static final int REQUEST_BYTES = 1024;

    private BufferPoolCheck() {}

    /** Returns a sentence for the operator for each connector whose connections share buffers. */
    public static List<String> warnings(ServletContext context) {
        var warnings = new ArrayList<String>();
        HiddenJetty.server(context, server -> look(server, warnings));
        return warnings;
    }

    private static void look(Object server, List<String> warnings) throws ReflectiveOperationException {
        for (Object connector : (Object[]) call(server, "getConnectors")) {
            if (isShared(call(connector, "getByteBufferPool"))) {
                warnings.add("The connections of Jetty's connector " + connector + " share buffers. When one of them"
                        + " sends a malformed request, the hub may refuse another's request, or read a"
                        + " stranger's bytes in it. Copy start.d/buffers.ini from Tidings' jetty-base");
            }
        }
    }

    /**
     * Whether connections share the pool's buffers. Only a pool that tells the largest size that it keeps is known
     * to.
     */
    private static boolean isShared(Object pool) throws ReflectiveOperationException {
        try {
            return (int) call(pool, "getMaxCapacity") >= REQUEST_BYTES;
        } catch (NoSuchMethodException another) {
            return false;
        }
    }
}
