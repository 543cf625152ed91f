package dev.tidings.config;

import java.util.regex.Pattern;

/**
 * Names in the environment that look like settings and come from Kubernetes.
 *
 * <p>Kubernetes names in every container's environment the services beside it. For a service called {@code tidings} or
 * {@code tidings-web} these are {@code TIDINGS_SERVICE_HOST}, {@code TIDINGS_PORT=tcp://10.0.0.1:80},
 * {@code TIDINGS_PORT_80_TCP_ADDR} and the like.
 *
 * <p><b>Threads.</b> Any.
 */
final class ForeignNames {

    private static final String SERVICE = "TIDINGS(_[A-Z0-9_]+)?";

    private static final Pattern OF_A_SERVICE = Pattern.compile(SERVICE + "_SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)");
    private static final Pattern OF_A_PORT =
            Pattern.compile(SERVICE + "_PORT(_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?");
    private static final Pattern ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private ForeignNames() {}

    /** Whether a name with this value is one of them. */
    static boolean include(String name, String value) {
        if (OF_A_SERVICE.matcher(name).matches()) {
            return true;
        }
        boolean address = ADDRESS.matcher(value).matches();
        boolean ofAProtocol =
                name.endsWith("_PROTO") || name.endsWith("_ADDR") || name.matches(".*_(TCP|UDP|SCTP)_PORT");
        return OF_A_PORT.matcher(name).matches() && (address || ofAProtocol);
    }
}
