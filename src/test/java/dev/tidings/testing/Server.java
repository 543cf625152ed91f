package dev.tidings.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What differs between one make of container and the next: how it is set up, started and understood.
 *
 * <p>Implementations keep nothing: what belongs to one running container is in its base directory.
 */
interface Server {

    /**
     * Fills {@code base}, an empty directory, with a configuration of its own, so that containers that run side by
     * side share nothing that is written to, and a {@code webapps} directory to deploy from.
     */
    void prepare(ContainerSpec spec, Path home, Path base) throws IOException;

    /** What follows {@code java} and the settings on the command line. */
    List<String> arguments(ContainerSpec spec, Path home, Path base);

    /** Found in the log once requests are answered. */
    Pattern started();

    /** Found in the log when the container runs and the WAR in it does not. */
    Pattern failed();

    /** Finds the port in the log, as its first group. */
    Pattern port();

    /** Finds the port of the connector for TLS in the log, as its first group. */
    Pattern securePort();

    /** Whether the WAR that was deleted from {@code webapps} is gone from the running container as well. */
    boolean undeployed(Path base, String name, String log);
}
