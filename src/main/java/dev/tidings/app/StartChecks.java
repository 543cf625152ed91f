package dev.tidings.app;

import dev.tidings.config.Settings;
import dev.tidings.ops.AccessLogCheck;
import dev.tidings.ops.AsyncCheck;
import dev.tidings.ops.BufferPoolCheck;
import dev.tidings.ops.CompressionCheck;
import dev.tidings.ops.ConnectionCheck;
import dev.tidings.ops.ConnectorCheck;
import dev.tidings.ops.DescriptorCheck;
import dev.tidings.ops.EventSizeCheck;
import dev.tidings.ops.HeapCheck;
import dev.tidings.ops.RequestCheck;
import dev.tidings.ops.RequestChecks;
import jakarta.servlet.ServletContext;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServer;

/**
 * The checks of the container and the machine when the hub starts. A further check is added here.
 *
 * <p>A warning is about what will hurt, and a note about what hurts some clients only. A Tomcat as it comes, and a Jetty
 * with {@code jetty-base}, bring no warning.
 */
final class StartChecks {

    private static final System.Logger LOG = System.getLogger(StartChecks.class.getName());

    private StartChecks() {}

    /** Sentences for the operator about what is not as the hub needs it. */
    static List<String> warnings(ServletContext context, Settings settings) {
        var warnings = new ArrayList<String>();
        warnings.addAll(BufferPoolCheck.warnings(context));
        warnings.addAll(AsyncCheck.warnings(context, server()));
        warnings.addAll(CompressionCheck.warnings(context, server()));
        warnings.addAll(AccessLogCheck.warnings(context, server()));
        warnings.addAll(ConnectionCheck.warnings(server(), streams(settings)));
        warnings.addAll(DescriptorCheck.ofThisProcess(streams(settings)).warnings());
        warnings.addAll(heap(context, settings).warnings());
        warnings.addAll(new EventSizeCheck(
                        Runtime.getRuntime().maxMemory(), settings.limit().eventSize())
                .warnings());
        return warnings;
    }

    /** Sentences for the operator about what a container as it comes does not do for all clients. */
    static List<String> notes(ServletContext context) {
        var notes = new ArrayList<>(ConnectorCheck.notes(server()));
        notes.addAll(AccessLogCheck.notes(context, server()));
        return notes;
    }

    /** The filter that checks what only requests show. */
    static RequestChecks ofRequests(Settings settings) {
        var checks = new ArrayList<>(List.of(RequestCheck.ofAsync()));
        if (settings.proxies().isEmpty()) {
            checks.add(RequestCheck.ofProxies());
        }
        List<String> refused = ConnectorCheck.notes(server());
        if (!refused.isEmpty()) {
            checks.add(RequestCheck.ofMercure(refused));
        }
        return new RequestChecks(checks, warning -> LOG.log(System.Logger.Level.WARNING, warning));
    }

    /** For how many streams there should be room. */
    private static int streams(Settings settings) {
        int limit = settings.limit().streams();
        return limit == 0 ? HeapCheck.STREAMS : limit;
    }

    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    private static HeapCheck heap(ServletContext context, Settings settings) {
        Settings.History history = settings.history();
        String words = HeapCheck.settings(history.events(), history.bytes());
        return new HeapCheck(
                Runtime.getRuntime().maxMemory(),
                LogBuilder.memory(settings),
                words,
                streams(settings),
                HeapCheck.streamBytes(context),
                settings.outbox().bytes());
    }
}
