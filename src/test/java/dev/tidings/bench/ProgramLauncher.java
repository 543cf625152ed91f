package dev.tidings.bench;

import dev.tidings.testing.LoopbackPort;
import dev.tidings.testing.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Starts a server whose program is not ours to ship.
 *
 * <p><b>Threads.</b> Any.
 *
 * @param file where the program is, as the option says; empty when it does not
 */
record ProgramLauncher(Program program, String file) implements Launcher {

    @Override
    public String name() {
        return program.name();
    }

    @Override
    public boolean isHub() {
        return false;
    }

    @Override
    public Optional<String> missing() {
        if (file.isEmpty()) {
            return Optional.of("the option " + name() + "=/path/to/" + name());
        }
        Path path = Path.of(file);
        return Files.isRegularFile(path) && Files.isExecutable(path)
                ? Optional.empty()
                : Optional.of("a program, and " + name() + "=" + file + " names none");
    }

    @Override
    public Target start(Path directory) {
        try {
            int port = LoopbackPort.free();
            ServerProcess process = PeerProcess.start(
                    name(),
                    program.command(Path.of(file).toAbsolutePath(), directory, port),
                    directory,
                    () -> LoopbackPort.listens(port));
            return new PeerTarget(
                    name(),
                    URI.create("http://127.0.0.1:" + port),
                    ProcessHandle.of(process.pid()),
                    program.abilities(),
                    program,
                    process::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
