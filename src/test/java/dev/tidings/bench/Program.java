package dev.tidings.bench;

import dev.tidings.bench.Target.Ability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The dialect of a server that is one program, and the command line that starts it. The benchmark does not ship the program; an option
 * says where it is.
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
