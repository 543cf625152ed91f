package dev.tidings.ops;

import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * How this node is: it lives while its vital checks are well, and is ready when the others are as well.
 *
 * <p>When a vital check fails only a restart helps. Then the streams are ended as well, so that their clients come back
 * on another node instead of hearing nothing on this one.
 *
 * <p><b>Threads.</b> Any.
 */
public final class Health {

    private final List<HealthCheck> vital;
    private final List<HealthCheck> needed;
    private final Runnable endStreams;

    /**
     * @param vital what only a restart brings back
     * @param needed what it takes beside that to be of use
     * @param endStreams ends all streams; called whenever somebody asks and only a restart helps
     */
    public Health(List<HealthCheck> vital, List<HealthCheck> needed, Runnable endStreams) {
        this.vital = List.copyOf(vital);
        this.needed = List.copyOf(needed);
        this.endStreams = endStreams;
    }

    /** Why only a restart helps, or null while it lives. */
    public @Nullable String dead() {
        String faults = faults(vital);
        if (faults != null) {
            endStreams.run();
        }
        return faults;
    }

    /** Why it should get no requests now, or null when it should. */
    public @Nullable String notReady() {
        String dead = dead();
        String faults = faults(needed);
        return dead == null || faults == null ? (dead == null ? faults : dead) : dead + "; " + faults;
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
