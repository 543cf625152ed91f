package dev.tidings.ops;

import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * Checks whether the container accepts the addresses that clients of Mercure write, when the hub starts.
 *
 * <p>They write a slash of a topic as {@code %2F}, and the braces of a template as they are. A request that the
 * container refuses never reaches the hub, so the hub cannot tell those clients why.
 *
 * <p>Tomcat tells by JMX how its connectors are set. A container that tells nothing is assumed to be set up as the
 * deployment guide says.
 *
 * <p><b>Threads.</b> Any.
 */
public final class ConnectorCheck {

    private static final System.Logger LOG = System.getLogger(ConnectorCheck.class.getName());

    private static final String SLASHES = "encodedSolidusHandling";
    private static final String PASSED_ON = "passthrough";
    private static final List<String> BRACES = List.of("relaxedPathChars", "relaxedQueryChars");

    private ConnectorCheck() {}

    /** Returns a sentence for the operator for each setting that a connector lacks. */
    public static List<String> warnings(MBeanServer server) {
        var warnings = new ArrayList<String>();
        for (ObjectName connector : server.queryNames(connectors(), null)) {
            try {
                look(server, connector, warnings);
            } catch (JMException | RuntimeException untold) {
                LOG.log(System.Logger.Level.DEBUG, "how a connector is set cannot be read", untold);
            }
        }
        return warnings;
    }

    private static void look(MBeanServer server, ObjectName connector, List<String> warnings) throws JMException {
        if (String.valueOf(server.getAttribute(connector, "protocol")).startsWith("AJP")) {
            // The server in front has checked these requests.
            return;
        }
        if (!PASSED_ON.equals(server.getAttribute(connector, SLASHES))) {
            warnings.add(warning(connector, "addresses with %2F, as those of subscriptions to a topic with slashes,")
                    + SLASHES + "=\"" + PASSED_ON + "\"");
        }
        for (String name : BRACES) {
            String relaxed = String.valueOf(server.getAttribute(connector, name));
            if (!relaxed.contains("{") || !relaxed.contains("}")) {
                String place = name.contains("Path") ? "paths" : "queries";
                warnings.add(
                        warning(connector, place + " with { or }, as clients write templates,") + name + "=\"{}\"");
            }
        }
    }

    private static String warning(ObjectName connector, String refused) {
        return "Tomcat's connector at port " + connector.getKeyProperty("port") + " refuses " + refused
                + " before Tidings sees them. In conf/server.xml give it ";
    }

    private static ObjectName connectors() {
        try {
            return new ObjectName("*:type=Connector,*");
        } catch (MalformedObjectNameException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
