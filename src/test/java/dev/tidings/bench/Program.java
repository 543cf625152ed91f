package dev.tidings.bench;

import dev.tidings.bench.Target.Ability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A make of server that is one program, which whoever runs the benchmark brings.
 *
 * <p><b>Threads.</b> Any.
 */
interface Program extends Dialect {

    /** What it is called, and the option that says where it is. */
    String name();

    /** What it can do as it is started here. */
    Set<Ability> abilities();

    /**
     * What starts it.
     *
     * @param directory is there for the files that it needs
     * @param port where it is to listen, on loopback
     */
    List<String> command(Path program, Path directory, int port) throws IOException;
}
