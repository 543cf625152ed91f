package dev.tidings.container;

import java.util.concurrent.atomic.AtomicLong;

/** Topics and users that no other test has, in whichever JVM it runs, since tests share containers. */
public final class Fresh {

    private static final AtomicLong NUMBERS = new AtomicLong();

    private static final String JVM = ProcessHandle.current().pid() + "-";

    private Fresh() {}

    public static String topic() {
        return "/fresh/" + JVM + NUMBERS.incrementAndGet();
    }

    public static String user() {
        return "user-" + JVM + NUMBERS.incrementAndGet();
    }

    /** An id such as publishers give. */
    public static String id() {
        return "id-" + JVM + NUMBERS.incrementAndGet();
    }
}
