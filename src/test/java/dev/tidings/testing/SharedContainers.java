package dev.tidings.testing;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The containers that classes of tests share: started when first asked for, and kept, since to start one takes longer
 * than most tests.
 *
 * <p>They are the build's, and not those of a run of JUnit's or of one of its JVMs: the build runs each class for
 * itself, on several JVMs. This one has the container that it asked for last, and has it alone; when it asks for
 * another, that one is left to whichever JVM asks next for the same. What nobody uses when a JVM ends is closed by it.
 *
 * <p><b>Threads.</b> Any, one at a time.
 */
final class SharedContainers {

    private static final ContainerPool POOL = new ContainerPool();

    private static @Nullable ContainerLease current;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(SharedContainers::closeAll, "close-containers"));
    }

    private SharedContainers() {}

    /** @throws AssertionError when the one that was asked for before has ended by itself, or its log holds trouble */
    static synchronized Container get(ContainerSpec spec) {
        requireAlive();
        if (current != null && !current.isFor(spec)) {
            ContainerLease former = current;
            current = null;
            try {
                // Classes that ask for containers by themselves have no extension that checks them.
                former.container().checkLog("Who had it until another was asked for");
            } finally {
                former.giveBack();
            }
        }
        if (current == null) {
            current = POOL.lease(spec);
        }
        return current.container();
    }

    /** The one that was asked for last. */
    static synchronized Optional<Container> inUse() {
        return Optional.ofNullable(current).map(ContainerLease::container);
    }

    /** Fails when the one that was asked for last has ended by itself, or its log holds trouble that no test expects. */
    static synchronized void check(String whose) {
        requireAlive();
        if (current != null) {
            current.container().checkLog(whose);
        }
    }

    /** One that has died is said once, and the next who asks gets another. */
    private static void requireAlive() {
        if (current != null && !current.container().isAlive()) {
            ContainerLease dead = current;
            current = null;
            dead.end();
            throw new AssertionError(dead.container() + " has ended by itself; see "
                    + dead.container().log());
        }
    }

    private static synchronized void closeAll() {
        try {
            if (current != null) {
                // It has been told to end already: this JVM is exiting.
                current.end();
            }
        } finally {
            POOL.closeUnused();
        }
    }
}
