package dev.tidings.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * What runs when the WAR is unpacked. It is called across class loaders.
 *
 * <p><b>Threads.</b> One.
 */
public interface Program {

    /**
     * Runs a command line, and returns when it is done.
     *
     * @param war the directory with what was in the WAR
     * @param stopping takes what has to be stopped when Java exits, before the directory is deleted
     * @return the code to exit with
     */
    int run(List<String> arguments, Path war, Consumer<Runnable> stopping);
}
