package dev.tidings.bench;

import dev.tidings.testing.Container;
import dev.tidings.testing.Directories;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.StreamRequest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A hub with its log in a file, which is stopped and started again on that file. Each time it is a new process, at another port.
 *
 * <p>What goes wrong with a process fails the trial, and not the whole run.
 *
 * <p><b>Threads.</b> One thread starts, restarts and closes it. Any thread may ask it something; the answer is that of the process
 * that was started last.
 */
final class RestartableHub implements Target {

    private final HubLauncher launcher;
    private final Path directory;
    private volatile Container container;
    private volatile Target hub;

    private RestartableHub(HubLauncher launcher, Path directory) {
        this.launcher = launcher;
        this.directory = directory;
        this.container = startReady(launcher, directory);
        this.hub = launcher.target(container);
    }

    /**
     * Starts one whose file is in a new directory in this one, and is deleted in the end.
     *
     * @throws TrialFailedException if it does not get ready; nothing is left of it then
     */
    static RestartableHub start(HubLauncher launcher, Path parent) {
        return attempt(() -> {
            Path directory = Files.createTempDirectory(Files.createDirectories(parent), launcher.name() + "-log-");
            try {
                return new RestartableHub(launcher, directory);
            } catch (RuntimeException | Error failure) {
                Directories.delete(directory);
                throw failure;
            }
        });
    }

    /**
     * Stops it as an operator does, and starts it again. Returns the {@link System#nanoTime} at which it was seen to be ready, at most
     * 50 ms after it was.
     *
     * @throws TrialFailedException if it does not end, or does not get ready again
     */
    long restart() {
        return attempt(() -> {
            container.stop();
            hub.close();
            container = startReady(launcher, directory);
            long ready = System.nanoTime();
            hub = launcher.target(container);
            return ready;
        });
    }

    private static Container startReady(HubLauncher launcher, Path directory) {
        Container started = launcher.startOn(directory.resolve("log"));
        try {
            Eventually.holds(started + " is ready", started::isReady);
            return started;
        } catch (AssertionError late) {
            started.close();
            throw late;
        }
    }

    /** Does a step of a trial. What a process or a file system does wrong is a fault of the trial. */
    private static <T> T attempt(Callable<T> step) {
        try {
            return step.call();
        } catch (Exception | AssertionError failure) {
            String reason = String.valueOf(failure.getMessage());
            throw new TrialFailedException(reason.lines().findFirst().orElse(reason), failure);
        }
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

    /** What its processes can; no other is started beside it. */
    @Override
    public boolean can(Ability ability) {
        return ability != Ability.RESTART && hub.can(ability);
    }

    @Override
    public StreamRequest stream(String channel) {
        return hub.stream(channel);
    }

    @Override
    public StreamRequest current(StreamRequest earlier) {
        return earlier.at(hub.uri());
    }

    @Override
    public Envelope envelope() {
        return hub.envelope();
    }

    @Override
    public byte[] publish(String channel, String data) {
        return hub.publish(channel, data);
    }

    @Override
    public byte[] publishAll(List<Item> items) {
        return hub.publishAll(items);
    }

    /** @throws TrialFailedException if its log has trouble in it, or the directory cannot be deleted */
    @Override
    public void close() {
        attempt(() -> {
            try {
                hub.close();
            } finally {
                Directories.delete(directory);
            }
            return hub;
        });
    }
}
