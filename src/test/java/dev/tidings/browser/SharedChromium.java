package dev.tidings.browser;

import org.jspecify.annotations.Nullable;

/**
 * The {@link Chromium} that classes of tests share: started when first asked for, and again when it has died.
 *
 * <p>It is the JVM's, and not that of a run of JUnit's, since the build runs each class for itself; it is closed when
 * the JVM ends.
 *
 * <p><b>Threads.</b> Any, one at a time, as Playwright wants it.
 */
final class SharedChromium {

    private static @Nullable Chromium chromium;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(SharedChromium::close, "close-chromium"));
    }

    private SharedChromium() {}

    static synchronized Chromium get() {
        if (chromium != null && !chromium.isAlive()) {
            close();
        }
        if (chromium == null) {
            chromium = Chromium.start();
        }
        return chromium;
    }

    private static synchronized void close() {
        if (chromium != null) {
            chromium.close();
            chromium = null;
        }
    }
}
