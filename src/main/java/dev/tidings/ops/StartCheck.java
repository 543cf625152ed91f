package dev.tidings.ops;

import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * Looks, when the hub starts, whether the container lets through what clients of Mercure write into an address: a slash
 * of a topic as {@code %2F}, a template's braces as they are. What a container refuses never reaches the hub, so nobody
 * could tell those clients why.
 *
 * <p>Tomcat says by JMX how its connectors are set. A container that says nothing is taken to be set up as the
 * deployment guide has it.
 *
 * <p><b>Threads.</b> Any.
 */
public final class StartCheck {

    private static final System.Logger LOG = System.getLogger(StartCheck.class.getName());

    private static final String SLASHES = "encodedSolidusHandling";
    private static final String PASSED_ON = "passthrough";
    private static final List<String> BRACES = List.of("relaxedPathChars", "relaxedQueryChars");

    private StartCheck() {}

    /** Sentences for the operator, one for each thing that is missing at each connector. */
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
            // Its requests were looked at by the server in front.
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
