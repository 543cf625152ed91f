package dev.tidings.app;

import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Hub;
import dev.tidings.hub.WorkerThread;
import dev.tidings.ops.Health;
import dev.tidings.ops.HealthCheck;
import dev.tidings.ops.ThreadChecks;
import dev.tidings.relay.Relay;
import dev.tidings.stream.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All checks of a hub's health. A part that gets a health of its own is added here.
 *
 * <p><b>Threads.</b> The container's, one at a time.
 */
final class HealthChecks {

    private HealthChecks() {}

    /**
     * Returns the health of these parts.
     *
     * @param threads those without which nothing works
     * @param keyFault says why no token can be verified now, or null
     * @param relay null if nothing is relayed
     */
    static Health of(
            Hub hub,
            Streams streams,
            List<WorkerThread> threads,
            Supplier<@Nullable String> keyFault,
            @Nullable Relay relay) {
        var needed = new ArrayList<>(ThreadChecks.needed(streams, hub::delivering));
        needed.add(new HealthCheck("key", keyFault));
        needed.add(new HealthCheck("log", hub::fault));
        needed.add(new HealthCheck(
                "drain",
                () -> hub.drain().hasBegun()
                        ? "the node drains, and takes no streams until it is started again"
                        : null));
        // A database that is away takes no node out of service: streams and publishers have nothing to do with it.
        List<HealthCheck> noted = relay == null ? List.of() : List.of(new HealthCheck("relay", relay::fault));
        return new Health(
                ThreadChecks.vital(streams, threads), needed, noted, () -> hub.endAll(DisconnectReason.FAILED));
    }
}
