package dev.tidings.ops;

import dev.tidings.logging.Logs;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * A connector of Tomcat's that speaks HTTP, as Tomcat tells of it by JMX.
 *
 * <p>Connectors of AJP are left out: the server in front has its own rules.
 *
 * <p><b>Threads.</b> Any.
 */
record TomcatConnector(MBeanServer server, ObjectName name) {

    private static final System.Logger LOG = Logs.of(TomcatConnector.class);

    /** Looks at one connector. */
    interface Look {

        /**
         * Looks at it.
         *
         * @throws JMException if Tomcat does not tell what is asked; then there is nothing to say of this one
         */
        void at(TomcatConnector connector) throws JMException;
    }

    /** Looks at each connector. On other containers there are none. */
    static void each(MBeanServer server, Look look) {
        for (ObjectName name : server.queryNames(all(), null)) {
            var connector = new TomcatConnector(server, name);
            try {
                if (!connector.text("protocol").startsWith("AJP")) {
                    look.at(connector);
                }
            } catch (JMException | RuntimeException untold) {
                LOG.log(System.Logger.Level.DEBUG, "how a connector is set cannot be read", untold);
            }
        }
    }

    /** The value of an attribute as text; {@code null} in words if it has none. */
    String text(String attribute) throws JMException {
        return String.valueOf(server.getAttribute(name, attribute));
    }

    /** Names it, as a sentence begins. */
    @Override
    public String toString() {
        return "Tomcat's connector at port " + name.getKeyProperty("port");
    }

    private static ObjectName all() {
        try {
            return new ObjectName("*:type=Connector,*");
        } catch (MalformedObjectNameException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
