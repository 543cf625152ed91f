package dev.tidings.ops;

import static dev.tidings.ops.HiddenJetty.call;

import dev.tidings.logging.Logs;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * Checks whether the container's access log writes queries, when the hub starts. An {@code EventSource} cannot set
 * headers, so its token stands in the query.
 *
 * <p>The log of a Tomcat as it comes does. Nobody chose that, so it is a note. A log that the operator set up is worth a
 * warning.
 *
 * <p><b>Threads.</b> Any.
 */
public final class AccessLogCheck {

    private static final System.Logger LOG = Logs.of(AccessLogCheck.class);

    /** The request's first line, or the query, in the patterns of Tomcat and Jetty; Jetty's may name status codes. */
    private static final Pattern WRITES_QUERIES = Pattern.compile("common|combined|(?<!%)(?:%%)*%[!0-9,]*[rq].*");

    /** The same in the patterns of the extended format of the W3C. */
    private static final Pattern EXTENDED_WRITES_QUERIES = Pattern.compile("\\bcs-uri(?!-stem)");

    private static final List<String> STOCK = List.of("common", "%h %l %u %t \"%r\" %s %b");

    private AccessLogCheck() {}

    /** Returns a sentence for the operator for each access log that was set up so that it writes queries. */
    public static List<String> warnings(ServletContext context, MBeanServer server) {
        var warnings = new ArrayList<String>();
        valves(context, server, false, warnings);
        HiddenJetty.server(context, jetty -> look(jetty, warnings));
        return warnings;
    }

    /** Returns a sentence for the operator if an access log writes queries because the container comes so. */
    public static List<String> notes(ServletContext context, MBeanServer server) {
        var notes = new ArrayList<String>();
        valves(context, server, true, notes);
        return notes;
    }

    private static void valves(ServletContext context, MBeanServer server, boolean stock, List<String> sentences) {
        for (ObjectName valve : server.queryNames(valves(), null)) {
            String path = valve.getKeyProperty("context");
            if (path == null || path.equals(context.getContextPath())) {
                try {
                    look(server, valve, stock, sentences);
                } catch (JMException | RuntimeException another) {
                    LOG.log(System.Logger.Level.DEBUG, "the valve " + valve + " tells of no pattern", another);
                }
            }
        }
    }

    private static void look(MBeanServer server, ObjectName valve, boolean stock, List<String> sentences)
            throws JMException {
        String pattern = String.valueOf(server.getAttribute(valve, "pattern"));
        boolean extended =
                String.valueOf(server.getAttribute(valve, "className")).contains("Extended");
        boolean writes = (extended ? EXTENDED_WRITES_QUERIES : WRITES_QUERIES)
                .matcher(pattern)
                .find();
        if (writes && STOCK.contains(pattern) == stock) {
            sentences.add(
                    "Tomcat's access log writes queries, and so the tokens of streams that are opened with ?token=. In"
                            + " conf/server.xml give the " + valve.getKeyProperty("name") + " a pattern "
                            + (extended
                                    ? "with cs-uri-stem instead of cs-uri and cs-uri-query"
                                    : "with %m %U %H instead of %r")
                            + ", as the deployment guide shows");
        }
    }

    private static void look(Object jetty, List<String> warnings) throws ReflectiveOperationException {
        Object log = jetty.getClass().getMethod("getRequestLog").invoke(jetty);
        if (log == null) {
            return;
        }
        String format = String.valueOf(call(log, "getFormatString"));
        if (WRITES_QUERIES.matcher(format).find()) {
            warnings.add(
                    "Jetty's request log writes queries, and so the tokens of streams that are opened with ?token=. In"
                            + " its format put %m %U %H instead of %r, and leave out %q");
        }
    }

    private static ObjectName valves() {
        try {
            return new ObjectName("*:type=Valve,*");
        } catch (MalformedObjectNameException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
