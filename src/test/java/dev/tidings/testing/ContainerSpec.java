package dev.tidings.testing;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which container to start, and how.
 *
 * <pre>{@code
 * try (Container container = ContainerSpec.of(JETTY).under("/tidings").set("tidings.heartbeat", "1s").start()) {
 *     container.uri();
 * }
 * }</pre>
 *
 * <p>Unless told otherwise: the WAR under {@code /}, the key of {@link Tokens}, no time for a drain, so that a stop waits for no
 * stream, 256 MiB of heap, URIs as strict as the container comes. Immutable: each step returns another one. Two that are equal may share one container, see
 * {@link EveryContainer}.
 *
 * @param kind the container
 * @param otherWar another web application than the one that the build has made
 * @param contextPath where the WAR is deployed: empty for {@code /}, or a slash and one segment
 * @param settings the settings of the hub by their full names, {@code tidings.…}, given as system properties
 * @param process how its process is started
 * @param http how its server speaks HTTP
 * @param database the database that it has a DataSource for, as the documents bind one; or none
 */
public record ContainerSpec(
        ContainerKind kind,
        Optional<Path> otherWar,
        String contextPath,
        Map<String, String> settings,
        ProcessSpec process,
        HttpSpec http,
        Optional<DatabaseAddress> database) {

    private static final String KEY = "tidings.jwt.key";

    /** Checks and copies. */
    public ContainerSpec {
        if (!contextPath.matches("|/[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("Not a context path of one segment: " + contextPath);
        }
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** The container as it comes, the WAR under {@code /}, accepting the tokens of {@link Tokens}. */
    public static ContainerSpec of(ContainerKind kind) {
        Map<String, String> settings = Map.of(KEY, Tokens.SECRET, "tidings.drain", "0s");
        return new ContainerSpec(
                kind, Optional.empty(), "", settings, ProcessSpec.USUAL, HttpSpec.USUAL, Optional.empty());
    }

    /** With another WAR, such as one of an earlier version. */
    public ContainerSpec with(Path war) {
        return new ContainerSpec(kind, Optional.of(war), contextPath, settings, process, http, database);
    }

    /** With the WAR under another context path. */
    public ContainerSpec under(String path) {
        return new ContainerSpec(kind, otherWar, path, settings, process, http, database);
    }

    /** With the setting {@code name} at {@code value}. */
    public ContainerSpec set(String name, String value) {
        var changed = new TreeMap<>(settings);
        changed.put(name, value);
        return new ContainerSpec(kind, otherWar, contextPath, changed, process, http, database);
    }

    /** Without the setting {@code name}. */
    public ContainerSpec without(String name) {
        var changed = new TreeMap<>(settings);
        changed.remove(name);
        return new ContainerSpec(kind, otherWar, contextPath, changed, process, http, database);
    }

    /** In demo mode, which no configured key may go with. */
    public ContainerSpec demo() {
        return without(KEY).set("tidings.demo", "true");
    }

    /** With so many MiB of heap. */
    public ContainerSpec heap(int megabytes) {
        return with(new ProcessSpec(megabytes, process.descriptors(), process.options(), process.logging()));
    }

    /** With so many files and sockets that it may have open at once. */
    public ContainerSpec descriptors(int most) {
        return with(new ProcessSpec(process.heapMegabytes(), most, process.options(), process.logging()));
    }

    /** With these options for its JVM. */
    public ContainerSpec options(String... some) {
        return with(new ProcessSpec(process.heapMegabytes(), process.descriptors(), List.of(some), process.logging()));
    }

    /** With these lines as {@code logging.properties}. */
    public ContainerSpec logging(String lines) {
        return with(new ProcessSpec(process.heapMegabytes(), process.descriptors(), process.options(), lines));
    }

    /**
     * With raw braces and encoded slashes let through, and publishers not cut off after a hundred events, as the
     * deployment guide shows for Tomcat.
     */
    public ContainerSpec withRelaxedUris() {
        return uris(UriRules.RELAXED);
    }

    /** With these rules for addresses. */
    public ContainerSpec uris(UriRules rules) {
        return with(new HttpSpec(
                rules, http.sendBuffer(), http.threads(), http.connectors(), http.filters(), http.secure()));
    }

    /** With connections that the system takes only about so many bytes for before a write has to wait. */
    public ContainerSpec sendBuffer(int bytes) {
        return with(new HttpSpec(http.uris(), bytes, http.threads(), http.connectors(), http.filters(), http.secure()));
    }

    /** With so many threads to serve requests with. */
    public ContainerSpec threads(int most) {
        return with(
                new HttpSpec(http.uris(), http.sendBuffer(), most, http.connectors(), http.filters(), http.secure()));
    }

    /**
     * With one more connector, as it stands in Tomcat's {@code server.xml} or in an XML file for Jetty's server.
     * {@link Container#uri} is the first's; the log tells where the others are.
     */
    public ContainerSpec connector(String xml) {
        return with(new HttpSpec(
                http.uris(),
                http.sendBuffer(),
                http.threads(),
                http.connectors() + xml,
                http.filters(),
                http.secure()));
    }

    /** With these filters of Tomcat's own before every web application, as they stand in its {@code web.xml}. */
    public ContainerSpec filters(String xml) {
        return with(new HttpSpec(
                http.uris(),
                http.sendBuffer(),
                http.threads(),
                http.connectors(),
                http.filters() + xml,
                http.secure()));
    }

    /**
     * With a second connector, for TLS with HTTP/1.1 and HTTP/2, as the deployment guide has it. {@link
     * Container#secureUri} is its address, and {@link KeyStoreFile#ofTheBuild} its certificate. The first connector takes
     * HTTP/2 without TLS, too.
     */
    public ContainerSpec secure() {
        return with(
                new HttpSpec(http.uris(), http.sendBuffer(), http.threads(), http.connectors(), http.filters(), true));
    }

    /** With a DataSource for this database. */
    public ContainerSpec relaying(DatabaseServer server) {
        var address = new DatabaseAddress(server.url(), server.user());
        return new ContainerSpec(kind, otherWar, contextPath, settings, process, http, Optional.of(address))
                .set("tidings.relay.datasource", "jdbc/shop");
    }

    private ContainerSpec with(ProcessSpec other) {
        return new ContainerSpec(kind, otherWar, contextPath, settings, other, http, database);
    }

    private ContainerSpec with(HttpSpec other) {
        return new ContainerSpec(kind, otherWar, contextPath, settings, process, other, database);
    }

    /**
     * Starts it and waits until it answers requests.
     *
     * @throws StartupFailedException when it does not, or does and the WAR in it was not started; nothing is left
     *     running then
     */
    public Container start() {
        return Container.start(this);
    }

    /**
     * One that others with this specification use, too, as classes with {@link EveryContainer} do: started when none runs.
     * It is neither to be ended nor to be closed, and not to be used once another one was asked for.
     */
    public Container shared() {
        return SharedContainers.get(this);
    }

    /** The WAR that it has. */
    Path war() {
        return otherWar.orElseGet(() -> ContainerKind.pathFrom("test.war"));
    }

    /** The name of the WAR without its ending, which is what containers make the context path of. */
    String deploymentName() {
        return contextPath.isEmpty() ? "ROOT" : contextPath.substring(1);
    }

    @Override
    public String toString() {
        return kind + " with the WAR under " + (contextPath.isEmpty() ? "/" : contextPath);
    }
}
