package dev.tidings.bench;

import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Tokens;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Starts the WAR of this project in a container, as the deployment guide recommends it to be set up.
 *
 * <p><b>Threads.</b> Any.
 *
 * @param settings what is special about it
 */
record HubLauncher(String name, ContainerKind kind, UnaryOperator<ContainerSpec> settings) implements Launcher {

    /** Room for ten thousand streams on Tomcat, where each takes ten times as much as on Jetty. */
    static final int HEAP_MEGABYTES = 1_536;

    /** One as it comes, which is to hold as much as {@link Scenarios#LONG_HISTORY} publishes if {@code longHistory} says so. */
    static HubLauncher of(String name, ContainerKind kind, boolean longHistory) {
        return new HubLauncher(name, kind, longHistory ? HubLauncher::withLongHistory : UnaryOperator.identity());
    }

    private static ContainerSpec withLongHistory(ContainerSpec spec) {
        return spec.heap(2 * HEAP_MEGABYTES)
                .set("tidings.history.events", Integer.toString(2 * Scenarios.HISTORY))
                .set("tidings.history.bytes", "1GiB");
    }

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
        return target(specification().start());
    }

    /** Starts one that has its log in this file. */
    Container startOn(Path log) {
        return specification().set("tidings.log", "file:" + log).start();
    }

    /** What speaks to one that was started so, and ends it. */
    Target target(Container container) {
        return new HubTarget(
                name,
                container.uri(),
                ProcessHandle.of(container.pid()),
                Access.minting(Tokens.SECRET, HubTarget.TOPICS),
                HubTarget.TOPICS,
                Optional.of(this),
                container::close);
    }

    private ContainerSpec specification() {
        return settings.apply(ContainerSpec.of(kind).heap(HEAP_MEGABYTES).withRelaxedUris());
    }
}
