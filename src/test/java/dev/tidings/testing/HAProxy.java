package dev.tidings.testing;

/**
 * The balancer HAProxy, as Debian has it.
 *
 * <p><b>Threads.</b> Any.
 */
public final class HAProxy {

    private HAProxy() {}

    /** Whether this machine has one; fails where it has to, so that nobody goes on for long without these tests. */
    public static void assumeInstalled() {
        Executable.require("haproxy", "its example is not tested: apt-get install haproxy");
    }
}
