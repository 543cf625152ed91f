package dev.tidings.testing;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The containers that classes of tests share: started when first asked for, and kept, since to start one takes longer
 * than most tests.
 *
 * <p>They are the JVM's, and not those of a run of JUnit's, since the build runs each class for itself. The one that was
 * not asked for longest is closed when there are more than {@value #MOST}, the others when the JVM ends.
 *
 * <p><b>Threads.</b> Any, one at a time.
 */
final class SharedContainers {

    private static final int MOST = 9;

    private static final Map<ContainerSpec, Container> CONTAINERS = new LinkedHashMap<>(16, 0.75f, true);

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(SharedContainers::closeAll, "close-containers"));
    }

    private SharedContainers() {}

    static synchronized Container get(ContainerSpec spec) {
        Container container = CONTAINERS.get(spec);
        if (container != null && !container.isAlive()) {
            CONTAINERS.remove(spec).close();
            container = null;
        }
        if (container == null) {
            container = spec.start();
            CONTAINERS.put(spec, container);
        }
        if (CONTAINERS.size() > MOST) {
            CONTAINERS.remove(CONTAINERS.keySet().iterator().next()).close();
        }
        return container;
    }

    private static synchronized void closeAll() {
        CONTAINERS.values().forEach(Container::close);
        CONTAINERS.clear();
    }
}
