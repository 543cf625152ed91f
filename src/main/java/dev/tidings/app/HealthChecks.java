package dev.tidings.app;

import dev.tidings.feed.Feeds;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Hub;
import dev.tidings.ops.Health;
import dev.tidings.ops.HealthCheck;
import dev.tidings.ops.ThreadChecks;
import dev.tidings.stream.Streams;
import java.util.ArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything that is looked at to say how a hub is. What comes to have a health of its own is added here. */
final class HealthChecks {

    private HealthChecks() {}

    static Health of(Hub hub, Streams streams, Feeds feeds, Supplier<@Nullable String> keyFault) {
        var threads = new ArrayList<>(hub.threads());
        threads.addAll(feeds.threads());
        var needed = new ArrayList<>(ThreadChecks.needed(streams, hub::delivering));
        needed.add(new HealthCheck("key", keyFault));
        needed.add(new HealthCheck("log", hub::fault));
        return new Health(ThreadChecks.vital(streams, threads), needed, () -> hub.endAll(DisconnectReason.FAILED));
    }
}
