package dev.tidings.launch.command;

import dev.tidings.auth.RandomSecret;
import dev.tidings.config.CommandLine;
import java.util.Set;

/**
 * Prints a new key for {@code tidings.jwt.key}: {@code key}.
 *
 * <p><b>Threads.</b> One.
 */
final class MakeKey implements Command {

    @Override
    public Set<String> options() {
        return Set.of();
    }

    @Override
    public int run(CommandLine line) {
        Command.requireNoWords(line);
        System.out.println(RandomSecret.text());
        return DONE;
    }
}
