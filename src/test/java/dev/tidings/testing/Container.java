package dev.tidings.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;

/**
 * A real servlet container in a process of its own, with the real WAR in it, on loopback and a free port.
 *
 * <p>Each has a base directory of its own beside the WAR, deleted when it is closed, and a log, which stays for
 * whoever wants to know what went wrong. Start one with {@link ContainerSpec}, or let {@link EveryContainer} share it.
 * Over 300 lines, since it is all that is done to one process.
 *
 * <p><b>Threads.</b> Any; {@link #undeploy}, {@link #pause}, {@link #stop}, {@link #kill} and {@link #close} by one
 * at a time.
 */
public final class Container implements AutoCloseable {

    private static final Duration START_LIMIT = Eventually.LIMIT.multipliedBy(2);

    /** Clients may be coming back by the thousand meanwhile. */
    private static final Duration DEPLOY_LIMIT = Duration.ofMinutes(5);

    private static final int TAIL_LINES = 100;

    private final ContainerSpec spec;
    private final Path base;
    private final ContainerLog log;
    private final ServerProcess process;
    private final URI uri;

    private Container(ContainerSpec spec, List<String> options, Path base) {
        this.spec = spec;
        this.base = base;
        this.log = new ContainerLog(logOf(base), 0);
        this.process = ServerProcess.start(command(spec, options, base), base, log.file());
        try {
            URI plain = URI.create("http://127.0.0.1:" + awaitPort() + spec.contextPath());
            this.uri = SuiteProtocol.SPOKEN.isSecure() && spec.http().secure() ? secureUri() : plain;
        } catch (RuntimeException | Error e) {
            process.kill();
            throw e;
        }
    }

    private Container(ContainerSpec spec, Path base, ServerProcess process, URI uri, long checked) {
        this.spec = spec;
        this.base = base;
        this.log = new ContainerLog(logOf(base), checked);
        this.process = process;
        this.uri = uri;
    }

    /**
     * Takes over one that a JVM has started and {@link #leave left}, of whose log the first {@code checked}
     * bytes have been checked.
     */
    static Container takeOver(ContainerSpec spec, Path base, ServerProcess process, URI uri, long checked) {
        process.takeOver();
        return new Container(spec, base, process, uri, checked);
    }

    static Container start(ContainerSpec spec) {
        return start(spec, spec.process().isBrief() ? ClassArchive.optionsFor(spec.kind()) : List.of());
    }

    /** Starts it with these options for its JVM beside those that it always has. */
    static Container start(ContainerSpec spec, List<String> options) {
        try {
            Path bases =
                    Files.createDirectories(ContainerKind.pathFrom("test.war").resolveSibling("container-bases"));
            Path base = Files.createTempDirectory(bases, spec.kind().name().toLowerCase(Locale.ROOT) + "-");
            try {
                Files.createDirectory(base.resolve("temp"));
                spec.kind().server().prepare(spec, spec.kind().home(), base);
                Files.copy(spec.war(), base.resolve("webapps").resolve(spec.deploymentName() + ".war"));
                return new Container(spec, options, base);
            } catch (IOException | RuntimeException | Error e) {
                Directories.delete(base);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the log is of the container that has this base directory. */
    static Path logOf(Path base) {
        return base.resolveSibling(base.getFileName() + ".log");
    }

    private static List<String> command(ContainerSpec spec, List<String> options, Path base) {
        List<String> command = new ArrayList<>();
        ProcessSpec process = spec.process();
        if (process.descriptors() > 0) {
            command.addAll(List.of("bash", "-c", "ulimit -n " + process.descriptors() + "; exec \"$@\"", "bash"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + process.heapMegabytes() + "m");
        if (process.isBrief()) {
            // To compile well and to collect in parallel would cost more than it saves.
            command.add("-XX:TieredStopAtLevel=1");
            command.add("-XX:+UseSerialGC");
        }
        // In its log tests look for what it says in English.
        command.addAll(List.of("-Duser.language=en", "-Duser.country=US"));
        command.addAll(options);
        command.addAll(process.options());
        // Softly reachable is collectable; without this a test could not tell a leak from a cache for hours.
        command.add("-XX:SoftRefLRUPolicyMSPerMB=0");
        command.add("-Djava.io.tmpdir=" + base.resolve("temp"));
        spec.settings().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(spec.kind().server().arguments(spec, spec.kind().home(), base));
        return command;
    }

    private int awaitPort() {
        Server server = spec.kind().server();
        try {
            Eventually.holds(spec + " is up", START_LIMIT, () -> {
                String text = logText();
                return !process.isAlive() || server.started().matcher(text).find();
            });
        } catch (AssertionError e) {
            throw failed("did not start within " + START_LIMIT);
        }
        Matcher port = server.port().matcher(logText());
        if (!process.isAlive() || !port.find()) {
            throw failed("did not start");
        }
        if (server.failed().matcher(logText()).find()) {
            throw failed("started without the WAR");
        }
        return Integer.parseInt(port.group(1));
    }

    private StartupFailedException failed(String what) {
        List<String> lines = logText().lines().toList();
        List<String> tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        return new StartupFailedException(
                spec + " " + what + "; the end of " + log() + ":\n" + String.join("\n", tail), pid());
    }

    /** Lets it outlive this JVM. */
    void leave() {
        process.leave();
    }

    /** The directory of what only this one has. */
    Path base() {
        return base;
    }

    /** Whether its process has not ended. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** What was started. */
    public ContainerSpec spec() {
        return spec;
    }

    /** Which container this is. */
    public ContainerKind kind() {
        return spec.kind();
    }

    /** The base of every URI of the hub: scheme, host, port and context path, no slash at its end. */
    public URI uri() {
        return uri;
    }

    /** As {@link #uri}, over TLS; only where the specification is {@linkplain ContainerSpec#secure secure}. */
    public URI secureUri() {
        Matcher port = spec.kind().server().securePort().matcher(logText());
        if (!port.find()) {
            throw new IllegalStateException(this + " has no connector for TLS");
        }
        return URI.create("https://127.0.0.1:" + port.group(1) + spec.contextPath());
    }

    /** The URI of {@code target}, a path below the context path and perhaps a query; no raw braces. */
    public URI uri(String target) {
        return URI.create(uri + target);
    }

    /** A request for the stream at {@code target}, below the context path; it goes out as it is written. */
    public StreamRequest stream(String target) {
        return StreamRequest.to(uri, spec.contextPath() + target);
    }

    /** A new connection over which to say anything at all. */
    public RawClient connect() {
        return RawClient.connect(uri);
    }

    /** Appends the stacks of its threads now to a file beside its log, under this heading. */
    void keepThreads(String heading) {
        try {
            Files.writeString(
                    log().resolveSibling(log().getFileName() + ".threads"),
                    "=== " + heading + "\n" + Jvm.of(this).threads() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process that is the container. */
    public long pid() {
        return process.pid();
    }

    /** Where everything it printed is kept. */
    public Path log() {
        return log.file();
    }

    /** Everything it has printed so far. */
    public String logText() {
        return log.text();
    }

    /**
     * Says that this test provokes an error or a stack trace in the log, in whose record {@code regex} is found; any
     * other is a failure. So is none, when it is {@link #close closed} or, of one that is shared, when the class ends.
     */
    public void expectInLog(String regex) {
        log.expect(regex);
    }

    /** Fails when the log holds trouble that no test expects, or none that one does. */
    void checkLog(String whose) {
        log.check(whose);
    }

    /** How many bytes of its log have been checked. */
    long checked() {
        return log.checked();
    }

    /** Takes the WAR out of the running container, as an operator does, and waits until it is gone. */
    public void undeploy() {
        int before = logText().length();
        try {
            Files.delete(base.resolve("webapps").resolve(spec.deploymentName() + ".war"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Eventually.holds(
                "the WAR is undeployed from " + this,
                DEPLOY_LIMIT,
                () -> spec.kind()
                        .server()
                        .undeployed(base, spec.deploymentName(), logText().substring(before)));
    }

    /** Puts the WAR back into the running container after an {@link #undeploy}, and waits until the hub is ready. */
    public void deploy() {
        String name = spec.deploymentName() + ".war";
        try {
            // Moved when it is whole, since the container looks for it all the time.
            Path copy = Files.copy(spec.war(), base.resolve("temp").resolve(name));
            Files.move(copy, base.resolve("webapps").resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Eventually.holds("the WAR is deployed on " + this, DEPLOY_LIMIT, this::isReady);
    }

    /** Whether the hub in it says that it is ready. */
    public boolean isReady() {
        try (RawClient client = connect()) {
            client.send("GET " + spec.contextPath() + "/health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n");
            return client.head().status() == 200;
        } catch (UncheckedIOException late) {
            return false;
        }
    }

    /** Ends the process with {@code kill -9}. What was under way is lost. */
    public void kill() {
        process.kill();
    }

    /** Stops the process where it stands, as a machine that hangs: it keeps its connections, and answers none. */
    public void pause() {
        process.pause();
    }

    /** Lets it go on after a {@link #pause}. */
    public void resume() {
        process.resume();
    }

    /** Asks it to end, as an operator does, and waits until it has; fails when it has to be made to. */
    public void stop() {
        if (!process.stop()) {
            throw new AssertionError(this + " did not end when it was asked to");
        }
    }

    /**
     * Ends the process, as {@link #kill}, since a Tomcat that is asked to waits two seconds for streams that are open,
     * and deletes its base directory; the log stays. Closing twice is fine.
     *
     * @throws AssertionError when the log holds trouble that was not {@link #expectInLog expected}, or none that was
     */
    @Override
    public void close() {
        end();
        log.check(toString());
    }

    /** As {@link #close}, when no test can fail any more. */
    void closeLate() {
        end();
        log.checkLate(toString());
    }

    private void end() {
        process.kill();
        Directories.delete(base);
    }

    @Override
    public String toString() {
        return spec + " (process " + pid() + ", " + uri + ")";
    }
}
