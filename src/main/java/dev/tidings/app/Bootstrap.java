package dev.tidings.app;

import dev.tidings.config.Configuration;
import dev.tidings.config.SettingSources;
import dev.tidings.config.Settings;
import dev.tidings.log.file.FileLog;
import dev.tidings.log.memory.MemoryLog;
import dev.tidings.ops.HeapCheck;
import dev.tidings.ops.SharedBuffers;
import dev.tidings.ops.StartCheck;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts the hub when the container deploys it, and stops it when it is undeployed.
 *
 * <p>What is wrong with the settings stops the deployment, with a sentence in the container's log.
 *
 * <p><b>Threads.</b> The container's, one at a time.
 */
public final class Bootstrap implements ServletContextListener {

    private static final System.Logger LOG = System.getLogger(Bootstrap.class.getName());

    private @Nullable Tidings tidings;
    private @Nullable ServerStop serverStop;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        try {
            Configuration configuration = Configuration.read(SettingSources.ofProcess(parameters(context)));
            warn(configuration.warnings());
            warn(StartCheck.warnings(ManagementFactory.getPlatformMBeanServer()));
            warn(SharedBuffers.warnings(context));
            warn(heap(configuration.settings()).warnings());
            LOG.log(System.Logger.Level.INFO, "settings:" + lines(configuration.description()));
            Preload.all(context);
            Rehearsal.run(Tidings.randomSecret());
            var hub = new Tidings(configuration.settings());
            tidings = hub;
            hub.register(context);
            serverStop = ServerStop.of(context, hub::endStreams);
        } catch (IllegalArgumentException refusal) {
            LOG.log(System.Logger.Level.ERROR, "Tidings is not deployed: " + refusal.getMessage());
            throw refusal;
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (serverStop != null) {
            serverStop.close();
        }
        if (tidings != null) {
            tidings.close();
        }
        InheritedContexts.release();
    }

    private static HeapCheck heap(Settings settings) {
        long heap = Runtime.getRuntime().maxMemory();
        Settings.History history = settings.history();
        long memory = settings.log().startsWith(Settings.FILE_LOG)
                ? FileLog.memory(history.events(), history.bytes())
                : MemoryLog.memory(history.events(), history.bytes());
        String words = HeapCheck.settings(history.events(), history.bytes());
        return new HeapCheck(heap, memory, words, settings.outbox().bytes());
    }

    private static void warn(List<String> warnings) {
        warnings.forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
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
