package dev.tidings.ops;

import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;

/**
 * Checks whether the container accepts the addresses that clients of Mercure write, when the hub starts.
 *
 * <p>They write a slash of a topic as {@code %2F}, and the braces of a template as they are. A request that the
 * container refuses never reaches the hub, so the hub cannot tell those clients why.
 *
 * <p>A Tomcat as it comes refuses them, and serves everybody else. So these are notes. They are worth a warning once a
 * client of Mercure comes ({@link RequestCheck#ofMercure}).
 *
 * <p>Tomcat tells by JMX how its connectors are set. A container that tells nothing is assumed to be set up as the
 * deployment guide says.
 *
 * <p><b>Threads.</b> Any.
 */
public final class ConnectorCheck {

    private static final String SLASHES = "encodedSolidusHandling";
    private static final String PASSED_ON = "passthrough";
    private static final List<String> BRACES = List.of("relaxedPathChars", "relaxedQueryChars");

    private ConnectorCheck() {}

    /** Returns a sentence for the operator for each setting that a connector lacks. */
    public static List<String> notes(MBeanServer server) {
        var notes = new ArrayList<String>();
        TomcatConnector.each(server, connector -> look(connector, notes));
        return notes;
    }

    private static void look(TomcatConnector connector, List<String> notes) throws JMException {
        if (!PASSED_ON.equals(connector.text(SLASHES))) {
            notes.add(refuses(connector, "addresses with %2F, as those of subscriptions to a topic with slashes,")
                    + SLASHES + "=\"" + PASSED_ON + "\"");
        }
        for (String name : BRACES) {
            String relaxed = connector.text(name);
            if (!relaxed.contains("{") || !relaxed.contains("}")) {
                String place = name.contains("Path") ? "paths" : "queries";
                notes.add(refuses(connector, place + " with { or }, as clients write templates,") + name + "=\"{}\"");
            }
        }
    }

    private static String refuses(TomcatConnector connector, String refused) {
        return connector + " refuses " + refused + " before Tidings sees them. In conf/server.xml give it ";
    }
}
