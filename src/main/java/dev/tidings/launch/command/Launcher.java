package dev.tidings.launch.command;

import dev.tidings.config.CommandLine;
import dev.tidings.launch.Program;
import dev.tidings.launch.server.StartException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs the command that the first word names, or starts the hub.
 *
 * <p>What is asked for goes to the standard output, everything else to the error output. The code is 0 when all is well,
 * 1 when something fails, 2 when the command line or a setting is wrong.
 *
 * <p><b>Threads.</b> One.
 */
public final class Launcher implements Program {

    private static final int WRONG = 2;

    @Override
    public int run(List<String> arguments, Path war, Consumer<Runnable> stopping) {
        var help = new Help(war);
        if (arguments.stream().anyMatch(List.of("--help", "-h")::contains) || arguments.equals(List.of("help"))) {
            System.out.print(help.text());
            return Command.DONE;
        }
        if (arguments.equals(List.of("--version"))) {
            System.out.println(help.version());
            return Command.DONE;
        }
        try {
            return run(arguments, new StartHub(war, stopping));
        } catch (IllegalArgumentException wrong) {
            System.err.println("Tidings: " + wrong.getMessage());
            System.err.println("All options: java -jar tidings.war --help");
            return WRONG;
        } catch (StartException failure) {
            System.err.println("Tidings does not start: " + failure.getMessage());
            return Command.REFUSED;
        }
    }

    private static int run(List<String> arguments, StartHub start) throws StartException {
        Clock clock = Clock.systemUTC();
        Map<String, Command> commands = Map.of(
                "key", new MakeKey(),
                "token", new MakeToken(clock),
                "check", new CheckSettings(clock));
        if (arguments.isEmpty() || arguments.get(0).startsWith("-")) {
            return run(start, arguments);
        }
        Command command = commands.get(arguments.get(0));
        if (command == null) {
            throw new IllegalArgumentException(arguments.get(0)
                    + " is no command; there are key, token and check, and without one the hub starts");
        }
        return run(command, arguments.subList(1, arguments.size()));
    }

    private static int run(Command command, List<String> arguments) throws StartException {
        return command.run(CommandLine.parse(arguments, command.options()));
    }
}
