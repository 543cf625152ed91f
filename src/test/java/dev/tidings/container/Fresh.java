package dev.tidings.container;

import java.util.concurrent.atomic.AtomicLong;

/** Topics and users that no other test has, since tests share containers. */
final class Fresh {

    private static final AtomicLong NUMBERS = new AtomicLong();

    private Fresh() {}

    static String topic() {
        return "/fresh/" + NUMBERS.incrementAndGet();
    }

    static String user() {
        return "user-" + NUMBERS.incrementAndGet();
    }

    /** An id such as publishers give. */
    static String id() {
        return "id-" + NUMBERS.incrementAndGet();
    }
}
