package dev.tidings.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/**
 * Unpacks the WAR that it is in, and runs the command line with the libraries that only {@code java -jar} needs.
 *
 * <p>What was unpacked is deleted when Java exits, after the command has stopped.
 *
 * <p><b>Threads.</b> {@code main}, and a thread that Java starts when it exits.
 */
public final class Main {

    private static final String PROGRAM = "dev.tidings.launch.command.Launcher";

    private Main() {}

    /** Runs a command, and exits with its code. */
    public static void main(String[] arguments) {
        ConsoleLog.install();
        var end = new ExitHook();
        int code;
        try {
            code = run(List.of(arguments), end);
        } catch (IOException | UncheckedIOException e) {
            System.err.println("Tidings cannot be unpacked into " + System.getProperty("java.io.tmpdir") + ": " + e
                    + "\nAnother directory is named by -Djava.io.tmpdir=… before -jar.");
            code = 1;
        } catch (ReflectiveOperationException | URISyntaxException | LinkageError e) {
            if (end.hasBegun()) {
                // The classes that are missing have been deleted.
                return;
            }
            throw new IllegalStateException("The WAR is damaged, or this Java lacks a module that Tidings needs", e);
        }
        System.exit(code);
    }

    private static int run(List<String> arguments, ExitHook end)
            throws IOException, ReflectiveOperationException, URISyntaxException {
        UnpackedWar war = UnpackedWar.inTemporaryDirectory();
        end.stopping(war::delete);
        war.unpack(ownWar());
        // Open until Java exits, since threads of the server load classes until then.
        @SuppressWarnings("resource")
        var loader = new URLClassLoader("tidings", war.classPath(), Main.class.getClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        var program = (Program) loader.loadClass(PROGRAM).getConstructor().newInstance();
        return program.run(arguments, war.directory(), end::stopping);
    }

    private static Path ownWar() throws URISyntaxException {
        return Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
