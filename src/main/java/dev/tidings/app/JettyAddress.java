package dev.tidings.app;

import dev.tidings.logging.Logs;
import java.util.List;
import java.util.Optional;

/**
 * The address at which a browser on this machine opens the web application of a Jetty server.
 *
 * <p>Jetty's classes are hidden from web applications, so they are called by reflection. Where that is not allowed, no
 * address is known.
 *
 * <p><b>Threads.</b> Any.
 */
final class JettyAddress {

    private static final System.Logger LOG = Logs.of(JettyAddress.class);

    private JettyAddress() {}

    /** The address of the context by the first connector that is open, with a slash at its end. */
    static Optional<String> of(Object server, String contextPath) {
        try {
            for (Object connector : (Object[]) call(server, "getConnectors")) {
                int port = (int) call(connector, "getLocalPort");
                if (port > 0) {
                    return Optional.of(scheme(connector) + "://" + host(connector) + ":" + port + contextPath + "/");
                }
            }
        } catch (ReflectiveOperationException | RuntimeException barred) {
            LOG.log(System.Logger.Level.DEBUG, "the address of Jetty's connectors cannot be read", barred);
        }
        return Optional.empty();
    }

    private static String scheme(Object connector) throws ReflectiveOperationException {
        // The connector of `mvn jetty:run` is a class of its own, and has what the interface has.
        return ((List<?>) call(connector, "getProtocols"))
                        .stream().anyMatch(name -> "ssl".equalsIgnoreCase(String.valueOf(name)))
                ? "https"
                : "http";
    }

    /** A connector of no host listens on all of the machine's addresses, so on this one, too. */
    private static String host(Object connector) throws ReflectiveOperationException {
        Object host = connector.getClass().getMethod("getHost").invoke(connector);
        if (host == null || host.equals("0.0.0.0") || host.equals("::")) {
            return "127.0.0.1";
        }
        return host.toString().contains(":") && !host.toString().startsWith("[") ? "[" + host + "]" : host.toString();
    }

    private static Object call(Object object, String method) throws ReflectiveOperationException {
        return object.getClass().getMethod(method).invoke(object);
    }
}
