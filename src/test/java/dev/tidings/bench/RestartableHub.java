package dev.tidings.bench;

import dev.tidings.testing.Container;
import dev.tidings.testing.Directories;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.StreamRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A hub with its log in a file, which is stopped and started again on that file. Each time it is a new process, at another port.
 *
 * <p><b>Threads.</b> One starts, restarts and closes it; any may ask, and is told of the process that was started last.
 */
final class RestartableHub implements Target {

    private final HubLauncher launcher;
    private final Path directory;
    private volatile Container container;
    private volatile Target hub;

    private RestartableHub(HubLauncher launcher, Path directory) {
        this.launcher = launcher;
        this.directory = directory;
        this.container = launcher.startOn(directory.resolve("log"));
        this.hub = launcher.target(container);
    }

    /** Starts one whose file is in a new directory in this one, and is deleted in the end. */
    static RestartableHub start(HubLauncher launcher, Path parent) {
        try {
            Path directory = Files.createTempDirectory(Files.createDirectories(parent), launcher.name() + "-log-");
            try {
                var hub = new RestartableHub(launcher, directory);
                hub.awaitReady();
                return hub;
            } catch (RuntimeException | Error failure) {
                Directories.delete(directory);
                throw failure;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it as an operator does, and starts it again. Returns the {@link System#nanoTime} at which it was ready. */
    long restart() {
        container.stop();
        hub.close();
        container = launcher.startOn(directory.resolve("log"));
        hub = launcher.target(container);
        awaitReady();
        return System.nanoTime();
    }

    private void awaitReady() {
        Eventually.holds(container + " is ready", container::isReady);
    }

    @Override
    public String name() {
        return hub.name();
    }

    @Override
    public URI uri() {
        return hub.uri();
    }

    @Override
    public Optional<ProcessHandle> process() {
        return hub.process();
    }

    @Override
    public boolean can(Ability ability) {
        return hub.can(ability);
    }

    @Override
    public StreamRequest stream(String channel) {
        return hub.stream(channel);
    }

    @Override
    public byte[] publish(String channel, String data) {
        return hub.publish(channel, data);
    }

    @Override
    public byte[] publishAll(List<Item> items) {
        return hub.publishAll(items);
    }

    @Override
    public void close() {
        hub.close();
        Directories.delete(directory);
    }
}
