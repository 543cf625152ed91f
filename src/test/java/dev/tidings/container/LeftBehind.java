package dev.tidings.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Jvm;
import dev.tidings.testing.LiveObjects;

/** What a WAR leaves in its container. */
public final class LeftBehind {

    /** More than a container has on a small machine, which takes them in turn. */
    private static final int SELECTORS = 8;

    private LeftBehind() {}

    /** Sees that a WAR that was undeployed has left no thread, no class and no complaint. */
    public static void assertNothing(Container container) {
        assertThat(Jvm.of(container).threads()).contains("\"VM Thread\"").doesNotContain("\"tidings-");
        assertThat(container.logText())
                .doesNotContain("appears to have started a thread")
                .doesNotContain("ThreadLocal")
                .doesNotContain("failed to stop")
                .doesNotContain("memory leak");
        Eventually.passes(() -> {
            // Each of a container's selectors remembers the connection it served last until it serves another.
            for (int i = 0; i < SELECTORS; i++) {
                assertThat(Site.send(container, "GET", "/msg").status()).isEqualTo(404);
            }
            assertThat(classLoaders(container)).isZero();
        });
    }

    /** How many web applications the container has in memory; ours is the only one it is given. */
    public static long classLoaders(Container container) {
        return classLoaders(container.kind(), Jvm.of(container).liveObjects());
    }

    /** How many web applications are among the live objects of a container of this kind. */
    public static long classLoaders(ContainerKind kind, LiveObjects live) {
        return live.count(
                switch (kind) {
                    case TOMCAT_10, TOMCAT_11 -> "org.apache.catalina.loader.ParallelWebappClassLoader";
                    case JETTY -> "org.eclipse.jetty.ee.webapp.WebAppClassLoader";
                });
    }
}
