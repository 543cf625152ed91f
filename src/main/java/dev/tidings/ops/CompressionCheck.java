package dev.tidings.ops;

import static dev.tidings.ops.HiddenJetty.call;

import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;

/**
 * Checks whether the container compresses streams, when the hub starts.
 *
 * <p>A stream that is compressed takes a compressor of its own for as long as it is open, and each event is compressed
 * once for each stream instead of being encoded once for all. Clients may also hear of an event late.
 *
 * <p><b>Threads.</b> Any.
 */
public final class CompressionCheck {

    private static final String EVENT_STREAM = "text/event-stream";

    /** As the hub writes it. */
    private static final String CONTENT_TYPE = EVENT_STREAM + ";charset=utf-8";

    private static final String COST =
            " compresses " + EVENT_STREAM + ". Each open stream then takes about 256 KiB more"
                    + " memory, each event is compressed for each stream, and may arrive late. ";

    private CompressionCheck() {}

    /** Returns a sentence for the operator for each part of the container that compresses streams. */
    public static List<String> warnings(ServletContext context, MBeanServer server) {
        var warnings = new ArrayList<String>();
        TomcatConnector.each(server, connector -> look(connector, warnings));
        HiddenJetty.server(context, jetty -> look(jetty, warnings));
        return warnings;
    }

    private static void look(TomcatConnector connector, List<String> warnings) throws JMException {
        String compression = connector.text("compression");
        if (compression.equals("force")) {
            warnings.add(connector + COST + "In conf/server.xml set compression to \"on\" instead of \"force\"");
        } else if (!compression.equals("off") && isListed(connector.text("compressibleMimeType"))) {
            warnings.add(
                    connector + COST + "In conf/server.xml leave " + EVENT_STREAM + " out of compressibleMimeType");
        }
    }

    /** Whether Tomcat finds the type in the list: it compares beginnings. */
    private static boolean isListed(String types) {
        return Arrays.stream(types.split(","))
                .map(String::strip)
                .anyMatch(type -> !type.isEmpty() && CONTENT_TYPE.startsWith(type));
    }

    private static void look(Object jetty, List<String> warnings) throws ReflectiveOperationException {
        for (Object handler : (Collection<?>) call(jetty, "getDescendants")) {
            if (compresses(handler)) {
                warnings.add("Jetty's " + handler.getClass().getSimpleName() + COST + "Exclude " + EVENT_STREAM
                        + " from the types that it compresses");
            }
        }
    }

    private static boolean compresses(Object handler) throws ReflectiveOperationException {
        return switch (handler.getClass().getName()) {
            case "org.eclipse.jetty.server.handler.gzip.GzipHandler" ->
                says(handler, "isMimeTypeDeflatable", EVENT_STREAM);
            case "org.eclipse.jetty.compression.server.CompressionHandler" -> {
                Object everywhere = handler.getClass()
                        .getMethod("getConfiguration", String.class)
                        .invoke(handler, "/");
                yield everywhere != null && says(everywhere, "isCompressMimeTypeSupported", EVENT_STREAM);
            }
            default -> false;
        };
    }

    private static boolean says(Object object, String method, String argument) throws ReflectiveOperationException {
        return (boolean) object.getClass().getMethod(method, String.class).invoke(object, argument);
    }
}
