package dev.tidings.app;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;

/**
 * Releases the web application that the JDK has remembered of a record.
 *
 * <p>Before Java 18 each method handle keeps the last type it was adapted to (JDK-8078641). When a record's {@code
 * equals}, {@code hashCode} or {@code toString} is called first, handles that live as long as the JVM are adapted to the
 * record and its components. The last record of a web application would keep it in memory until another application
 * has one. So the last one is a class of the JDK.
 *
 * <p><b>Threads.</b> The container's, one at a time.
 */
final class ComparedRecords {

    private static final int MENDED = 18;
    private static final Class<?> OF_THE_JDK = String.class;

    private ComparedRecords() {}

    /** Has the JDK remember a class of its own. Called when no thread of the hub runs any more. */
    static void release() {
        if (Runtime.version().feature() < MENDED) {
            adapt("equals", MethodType.methodType(boolean.class, OF_THE_JDK, Object.class));
            adapt("hashCode", MethodType.methodType(int.class, OF_THE_JDK));
            adapt("toString", MethodType.methodType(String.class, OF_THE_JDK));
        }
    }

    private static void adapt(String method, MethodType type) {
        MethodHandle component = MethodHandles.identity(OF_THE_JDK);
        try {
            ObjectMethods.bootstrap(MethodHandles.lookup(), method, type, OF_THE_JDK, "component", component);
        } catch (Throwable impossible) {
            throw new LinkageError("a record's " + method, impossible);
        }
    }
}
