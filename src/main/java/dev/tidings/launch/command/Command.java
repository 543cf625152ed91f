package dev.tidings.launch.command;

import dev.tidings.config.CommandLine;
import dev.tidings.launch.server.StartException;
import java.util.Set;

/**
 * One command.
 *
 * <p><b>Threads.</b> One.
 */
interface Command {

    /** It did what it was asked for. */
    int DONE = 0;

    /** It was understood, and the answer is no. */
    int REFUSED = 1;

    /** The names of its own options, beside settings. */
    Set<String> options();

    /**
     * Runs.
     *
     * @return the code to exit with
     * @throws IllegalArgumentException with a sentence for the operator, when it makes no sense
     */
    int run(CommandLine line) throws StartException;

    /** Refuses words that are no options. */
    static void requireNoWords(CommandLine line) {
        if (!line.words().isEmpty()) {
            throw new IllegalArgumentException(line.words().get(0) + " is one word too many; options begin with --, and"
                    + " a switch takes another value as in --anonymous=false");
        }
    }
}
