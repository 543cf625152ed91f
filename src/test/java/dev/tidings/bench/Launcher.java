package dev.tidings.bench;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Starts a server for the benchmark.
 *
 * <p><b>Threads.</b> Any.
 */
interface Launcher {

    /** The name of what it starts. */
    String name();

    /** Whether what it starts is ours. */
    boolean isHub();

    /** What is missing here to start it; empty when nothing is. */
    Optional<String> missing();

    /** Starts it and waits until it answers; {@code directory} is there for what it writes. */
    Target start(Path directory);
}
