package dev.tidings.app;

import dev.tidings.config.Configuration;
import dev.tidings.config.ServerSettings;
import dev.tidings.config.SettingSources;
import dev.tidings.logging.Logs;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts the hub when the container deploys it, and stops it when it is undeployed.
 *
 * <p>A wrong setting stops the deployment, with a sentence in the container's log. A deployment that fails leaves
 * nothing running.
 *
 * <p><b>Threads.</b> The container's, one at a time.
 */
public final class Bootstrap implements ServletContextListener {

    /** An attribute of the context that {@code java -jar tidings.war} sets. */
    public static final String LAUNCHED = "dev.tidings.launched";

    /** Closes what runs. */
    private final Closer closer = new Closer();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        try {
            start(event.getServletContext());
        } catch (IllegalArgumentException refusal) {
            log().log(System.Logger.Level.ERROR, "Tidings is not deployed: " + refusal.getMessage());
            throw refusal;
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        try {
            closer.close();
            log().log(System.Logger.Level.INFO, "the hub has stopped");
        } finally {
            InheritedContexts.release();
            ComparedRecords.release();
        }
    }

    private void start(ServletContext context) {
        SettingSources sources = SettingSources.ofProcess(parameters(context));
        Logs.writeJson(Configuration.asksForJson(sources));
        Configuration configuration = Configuration.read(sources);
        warn(configuration.warnings());
        if (context.getAttribute(LAUNCHED) == null) {
            warn(ServerSettings.unused(sources));
        }
        warn(StartChecks.warnings(context, configuration.settings()));
        StartChecks.notes(context).forEach(note -> log().log(System.Logger.Level.INFO, note));
        log().log(System.Logger.Level.INFO, "settings:" + lines(configuration.description()));
        Preload.all(context);
        LibraryWarmUp.run();
        try {
            var tidings = new Tidings(configuration.settings());
            closer.add(tidings::close);
            new Routes(tidings).register(context);
            closer.add(
                    ServerEvents.of(context, server -> sayWhere(server, context, tidings), tidings::endStreams)::close);
        } catch (Throwable failure) {
            // Jetty does not call contextDestroyed of a listener that has failed here.
            try (closer) {
                throw failure;
            }
        }
    }

    /** Whoever tries the demo wants to open it. A hub that serves others is opened at the address of its proxy. */
    private static void sayWhere(Object server, ServletContext context, Tidings tidings) {
        if (tidings.demo != null) {
            JettyAddress.of(server, context.getContextPath())
                    .ifPresent(address -> log().log(System.Logger.Level.INFO, "The demo runs: open " + address));
        }
    }

    /** Made anew for each line, since this class is there before the settings say how lines look. */
    private static System.Logger log() {
        return Logs.of(Bootstrap.class);
    }

    private static void warn(List<String> warnings) {
        warnings.forEach(warning -> log().log(System.Logger.Level.WARNING, warning));
    }

    private static String lines(Map<String, String> description) {
        var lines = new StringBuilder();
        description.forEach(
                (name, value) -> lines.append("\n  ").append(name).append(" = ").append(value));
        return lines.toString();
    }

    private static Map<String, String> parameters(ServletContext context) {
        var parameters = new HashMap<String, String>();
        for (String name : Collections.list(context.getInitParameterNames())) {
            parameters.put(name, context.getInitParameter(name));
        }
        return parameters;
    }
}
