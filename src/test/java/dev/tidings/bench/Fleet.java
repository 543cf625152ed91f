package dev.tidings.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The servers that are measured, all of them up from beginning to end, so that none has another machine than the next.
 *
 * <p><b>Threads.</b> One.
 */
final class Fleet implements AutoCloseable {

    private final List<Target> targets = new ArrayList<>();
    private Optional<String> peer = Optional.empty();

    /** Only this one, which runs already. */
    static Fleet of(Target deployment) {
        var fleet = new Fleet();
        fleet.targets.add(deployment);
        return fleet;
    }

    /** Those of these that the plan names and that are to be had here; of the others it is said why not. */
    static Fleet start(Plan plan, List<Launcher> launchers, PrintStream out) {
        var fleet = new Fleet();
        try {
            for (String name : plan.servers()) {
                Launcher launcher = launchers.stream()
                        .filter(known -> known.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("servers names '" + name + "'"));
                Optional<String> missing = launcher.missing();
                if (missing.isPresent()) {
                    out.println(name + " is left out: it takes " + missing.get());
                } else {
                    out.println("starting " + name);
                    fleet.add(launcher, plan);
                }
            }
            return fleet;
        } catch (RuntimeException | Error e) {
            fleet.close();
            throw e;
        }
    }

    private void add(Launcher launcher, Plan plan) {
        try {
            targets.add(launcher.start(Files.createDirectories(plan.output().resolve(launcher.name()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (peer.isEmpty() && !launcher.isHub()) {
            peer = Optional.of(launcher.name());
        }
    }

    List<Target> targets() {
        return List.copyOf(targets);
    }

    /** The first that is not ours. */
    Optional<String> peer() {
        return peer;
    }

    /** Ends all that were started. */
    @Override
    public void close() {
        Deque<Target> open = new ArrayDeque<>(targets);
        targets.clear();
        while (!open.isEmpty()) {
            open.removeLast().close();
        }
    }
}
