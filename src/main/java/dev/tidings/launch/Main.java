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
        ShutdownLogManager.install();
        int code;
        try {
            var end = new ExitHook();
            UnpackedWar war = UnpackedWar.of(ownWar());
            end.deleting(war);
            // Open until Java exits, since threads of the server load classes until then.
            @SuppressWarnings("resource")
            var loader = new URLClassLoader("tidings", war.classPath(), Main.class.getClassLoader());
            Thread.currentThread().setContextClassLoader(loader);
            var program = (Program) loader.loadClass(PROGRAM).getConstructor().newInstance();
            code = program.run(List.of(arguments), war.directory(), end::stopping);
        } catch (IOException | UncheckedIOException e) {
            System.err.println("Tidings cannot be unpacked into " + System.getProperty("java.io.tmpdir") + ": " + e
                    + "\nAnother directory is named by -Djava.io.tmpdir=… before -jar.");
            code = 1;
        } catch (ReflectiveOperationException | URISyntaxException e) {
            throw new IllegalStateException("This is not the WAR of Tidings, or it is damaged", e);
        }
        System.exit(code);
    }

    private static Path ownWar() throws URISyntaxException {
        return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
