package dev.tidings.app;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;

/**
 * Lets go of the web application that threads of Tomcat's pool have inherited.
 *
 * <p>Before Java 24 a thread keeps the access-control context of whoever started it, and with it the class loader of
 * every class that was on the stack. Tomcat starts a thread of its pool when an async request is completed, or a write
 * fails, and none is free; when it is we who complete or write, the web application would stay in memory for as long as
 * that thread lives, and the thread that replaces it inherits the context again. (Jetty starts its threads in a
 * privileged action, so they inherit nothing.) Without a security manager nobody reads such a context.
 *
 * <p>Needs {@code java.lang} to be open to reflection, as Tomcat's own start scripts have it; does nothing where it is
 * not, or where there is no such field any more.
 */
final class InheritedContexts {

    private static final String POOL_THREAD = "org.apache.tomcat.util.threads.TaskThread";

    private InheritedContexts() {}

    /** Clears what the pool's threads have inherited. Called when nothing of ours runs any more. */
    static void release() {
        try {
            Field inherited = Thread.class.getDeclaredField("inheritedAccessControlContext");
            inherited.setAccessible(true);
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getClass().getName().equals(POOL_THREAD)) {
                    inherited.set(thread, null);
                }
            }
        } catch (ReflectiveOperationException | InaccessibleObjectException notHere) {
            return;
        }
    }
}
