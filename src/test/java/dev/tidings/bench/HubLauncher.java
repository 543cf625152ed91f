package dev.tidings.bench;

import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Tokens;
import java.nio.file.Path;
import java.util.Optional;

/** Starts the WAR of this project in a container, as the deployment guide recommends it to be set up. */
record HubLauncher(String name, ContainerKind kind) implements Launcher {

    /** Room for ten thousand streams on Tomcat, where each takes ten times as much as on Jetty, and for long history. */
    static final int HEAP_MEGABYTES = 3_072;

    @Override
    public boolean isHub() {
        return true;
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public Target start(Path directory) {
        Container container = ContainerSpec.of(kind)
                .heap(HEAP_MEGABYTES)
                .withRelaxedUris()
                .set("tidings.history.events", Integer.toString(2 * Scenarios.HISTORY))
                .set("tidings.history.bytes", "1GiB")
                .start();
        return new HubTarget(
                name,
                container.uri(),
                ProcessHandle.of(container.pid()),
                Access.minting(Tokens.SECRET, HubTarget.TOPICS),
                HubTarget.TOPICS,
                container::close);
    }
}
