package dev.tidings.app;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.Set;

/**
 * Releases the web application that threads of Tomcat's pool have inherited.
 *
 * <p>Before Java 24 a thread keeps the access-control context of the thread that started it. The context holds the
 * class loaders of all classes that were on the stack. If an async request is completed or a write fails while no
 * thread is free, Tomcat starts a thread of its pool. When the hub completes or writes, that thread would keep the web
 * application in memory as long as it lives, and the thread that replaces it would inherit the context again. Jetty
 * starts its threads in a privileged action, so they inherit nothing. The timers of JDBC drivers are the same: the relay's thread
 * starts them, and they live as long as the pool has the connection. Without a security manager nothing reads such a
 * context.
 *
 * <p>This needs {@code java.lang} to be open to reflection, as Tomcat's own start scripts have it. Where it is not
 * open, or where the field does not exist any more, this does nothing.
 *
 * <p><b>Threads.</b> The container's, one at a time.
 */
final class InheritedContexts {

    /** The threads of Tomcat's pool, and those of timers. */
    private static final Set<String> THREADS =
            Set.of("org.apache.tomcat.util.threads.TaskThread", "java.util.TimerThread");

    private InheritedContexts() {}

    /** Clears the contexts that these threads have inherited. Called when no thread of the hub runs any more. */
    static void release() {
        try {
            Field inherited = Thread.class.getDeclaredField("inheritedAccessControlContext");
            inherited.setAccessible(true);
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (THREADS.contains(thread.getClass().getName())) {
                    inherited.set(thread, null);
                }
            }
        } catch (ReflectiveOperationException | InaccessibleObjectException notHere) {
            return;
        }
    }
}
