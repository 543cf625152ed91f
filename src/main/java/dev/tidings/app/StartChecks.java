package dev.tidings.app;

import dev.tidings.config.Settings;
import dev.tidings.ops.BufferPoolCheck;
import dev.tidings.ops.ConnectorCheck;
import dev.tidings.ops.HeapCheck;
import jakarta.servlet.ServletContext;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** The checks of the container and the machine when the hub starts. A further check is added here. */
final class StartChecks {

    private StartChecks() {}

    /** Sentences for the operator about what is not as the hub needs it. */
    static List<String> warnings(ServletContext context, Settings settings) {
        var warnings = new ArrayList<String>();
        warnings.addAll(ConnectorCheck.warnings(ManagementFactory.getPlatformMBeanServer()));
        warnings.addAll(BufferPoolCheck.warnings(context));
        warnings.addAll(heap(settings).warnings());
        return warnings;
    }

    private static HeapCheck heap(Settings settings) {
        Settings.History history = settings.history();
        String words = HeapCheck.settings(history.events(), history.bytes());
        return new HeapCheck(
                Runtime.getRuntime().maxMemory(),
                LogBuilder.memory(settings),
                words,
                settings.outbox().bytes());
    }
}
