package dev.tidings.ops;

import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;

/**
 * Checks whether the container accepts enough connections, when the hub starts. Each open stream is one.
 *
 * <p>Tomcat leaves the connections beyond its bound waiting, so a client hears nothing, and no error says why.
 *
 * <p><b>Threads.</b> Any.
 */
public final class ConnectionCheck {

    private ConnectionCheck() {}

    /**
     * Returns a sentence for the operator for each connector that accepts too few.
     *
     * @param streams for how many there should be room
     */
    public static List<String> warnings(MBeanServer server, int streams) {
        var warnings = new ArrayList<String>();
        TomcatConnector.each(server, connector -> look(connector, streams, warnings));
        return warnings;
    }

    private static void look(TomcatConnector connector, int streams, List<String> warnings) throws JMException {
        long most = Long.parseLong(connector.text("maxConnections"));
        // Any number of them, where it is negative.
        if (most >= 0 && most < streams) {
            warnings.add(connector + " accepts " + most
                    + " connections, and each open stream is one. Others wait without"
                    + " an answer. In conf/server.xml set maxConnections higher than the number of streams, " + streams
                    + " at least");
        }
    }
}
