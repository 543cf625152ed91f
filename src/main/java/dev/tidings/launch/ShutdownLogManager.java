package dev.tidings.launch;

import java.util.logging.LogManager;

/**
 * The JDK's own log manager, except that it logs until the hub has stopped. The JDK's takes its handlers away as soon as
 * Java begins to exit, so nothing would be seen of what goes wrong then.
 *
 * <p><b>Threads.</b> Any.
 */
public final class ShutdownLogManager extends LogManager {

    /** Does what Java asked for when it began to exit. */
    static void release() {
        if (LogManager.getLogManager() instanceof ShutdownLogManager ours) {
            ours.resetNow();
        }
    }

    /** Does nothing: reading the configuration calls it too, but there is nothing to take away then. */
    @Override
    public void reset() {}

    private void resetNow() {
        super.reset();
    }
}
