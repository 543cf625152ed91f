package dev.tidings.ops;

import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The health of this node. It lives while no vital check finds a fault. It is ready while no check at all finds one.
 *
 * <p>When a vital check finds a fault, only a restart helps. The streams are then ended, so that their clients
 * reconnect to another node instead of hearing nothing on this one.
 *
 * <p>What else an operator should know makes no node less ready, since requests could be served as well by none of the others.
 *
 * <p><b>Threads.</b> Any.
 */
public final class Health {

    private final List<HealthCheck> vital;
    private final List<HealthCheck> needed;
    private final List<HealthCheck> noted;
    private final Runnable endStreams;

    /**
     * @param vital the checks after whose faults only a restart helps
     * @param needed the checks of everything else that a node needs to take requests
     * @param noted the checks of what requests do not need
     * @param endStreams ends all streams; called at each look while only a restart helps
     */
    public Health(List<HealthCheck> vital, List<HealthCheck> needed, List<HealthCheck> noted, Runnable endStreams) {
        this.vital = List.copyOf(vital);
        this.needed = List.copyOf(needed);
        this.noted = List.copyOf(noted);
        this.endStreams = endStreams;
    }

    /** Returns why only a restart helps, or null while the node lives. */
    public @Nullable String dead() {
        String faults = faults(vital);
        if (faults != null) {
            endStreams.run();
        }
        return faults;
    }

    /** Returns why the node should get no requests now, or null when it is ready. */
    public @Nullable String notReady() {
        String dead = dead();
        String faults = faults(needed);
        return dead == null || faults == null ? (dead == null ? faults : dead) : dead + "; " + faults;
    }

    /** Returns what is wrong beside that, which requests do not need; or null if nothing is. */
    public @Nullable String warning() {
        return faults(noted);
    }

    private static @Nullable String faults(List<HealthCheck> checks) {
        var faults = new StringJoiner("; ");
        for (HealthCheck check : checks) {
            String fault = fault(check);
            if (fault != null) {
                faults.add(fault);
            }
        }
        return faults.length() == 0 ? null : faults.toString();
    }

    private static @Nullable String fault(HealthCheck check) {
        try {
            return check.fault().get();
        } catch (RuntimeException failure) {
            return check.name() + " cannot be looked at (" + failure + ")";
        }
    }
}
