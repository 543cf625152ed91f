package dev.tidings.ops;

import static dev.tidings.ops.HiddenJetty.call;

import dev.tidings.logging.Logs;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.management.MBeanServer;

/**
 * Checks whether what the container puts before the hub lets requests go asynchronous, when the hub starts. A stream
 * cannot be opened through a filter or a valve that does not.
 *
 * <p>Servlets can see which filters there are, and not whether they support it. Tomcat tells by JMX, and Jetty by
 * reflection. It is to be asked before the hub adds filters of its own. What it overlooks is found at the first request
 * ({@link RequestCheck#ofAsync}).
 *
 * <p><b>Threads.</b> Any.
 */
public final class AsyncCheck {

    private static final System.Logger LOG = Logs.of(AsyncCheck.class);

    /** The addresses whose requests stay open. */
    private static final List<String> OPEN = List.of("/events", "/ws", "/msg", "/.well-known/mercure", "/login");

    private AsyncCheck() {}

    /** Returns a sentence for the operator for each filter and each valve that does not support it. */
    public static List<String> warnings(ServletContext context, MBeanServer server) {
        var warnings = new ArrayList<String>();
        Set<String> filters = new LinkedHashSet<>();
        Object module = HiddenTomcat.context(context, server);
        if (module != null) {
            try {
                lookAtTomcat(module, filters, warnings);
            } catch (ReflectiveOperationException | RuntimeException barred) {
                LOG.log(System.Logger.Level.DEBUG, "which filters are asynchronous cannot be read", barred);
            }
        }
        HiddenJetty.context(context, handler -> lookAtJetty(handler, filters));
        filters.stream()
                .filter(name -> isBeforeStreams(context, name))
                .forEach(name -> warnings.add("The filter " + name
                        + " does not support asynchronous requests, so no stream can be opened behind it."
                        + " In its web.xml give it <async-supported>true</async-supported>, or another url-pattern"));
        return warnings;
    }

    private static boolean isBeforeStreams(ServletContext context, String filter) {
        var registration = context.getFilterRegistrations().get(filter);
        return registration == null
                || !registration.getServletNameMappings().isEmpty()
                || registration.getUrlPatternMappings().stream()
                        .anyMatch(pattern -> OPEN.stream().anyMatch(path -> matches(pattern, path)));
    }

    private static boolean matches(String pattern, String path) {
        return pattern.endsWith("/*")
                ? (path + "/").startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(path);
    }

    private static void lookAtTomcat(Object module, Set<String> filters, List<String> warnings)
            throws ReflectiveOperationException {
        for (Object filter : (Object[]) call(module, "findFilterDefs")) {
            Object supported = filter.getClass().getMethod("getAsyncSupported").invoke(filter);
            if (!"true".equals(supported)) {
                filters.add(String.valueOf(call(filter, "getFilterName")));
            }
        }
        for (Object container = module; container != null; container = parent(container)) {
            for (Object valve : (Object[]) call(call(container, "getPipeline"), "getValves")) {
                if (!(boolean) call(valve, "isAsyncSupported")) {
                    warnings.add("Tomcat's valve " + valve.getClass().getSimpleName()
                            + " does not support asynchronous requests, so no stream can be opened behind it. In"
                            + " conf/server.xml give it asyncSupported=\"true\", or remove it");
                }
            }
        }
    }

    private static Object parent(Object container) throws ReflectiveOperationException {
        return call(container, "getParent");
    }

    private static void lookAtJetty(Object handler, Set<String> filters) throws ReflectiveOperationException {
        for (Object filter : (Object[]) call(call(handler, "getServletHandler"), "getFilters")) {
            if (!(boolean) call(filter, "isAsyncSupported")) {
                filters.add(String.valueOf(call(filter, "getName")));
            }
        }
    }
}
