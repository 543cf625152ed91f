package dev.tidings.testing;

import java.util.Collections;
import java.util.List;
import java.util.Map;
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
 * <p>Unless told otherwise: the WAR under {@code /}, the key of {@link Tokens}, 256 MiB of heap, URIs as strict as the
 * container comes. Immutable: each step returns another one. Two that are equal may share one container, see
 * {@link EveryContainer}.
 *
 * @param kind the container
 * @param contextPath where the WAR is deployed: empty for {@code /}, or a slash and one segment
 * @param settings the settings of the hub by their full names, {@code tidings.…}, given as system properties
 * @param heapMegabytes the heap it may use, in MiB
 * @param uris which addresses it lets through to the WAR
 * @param sendBuffer about how many bytes the system takes for one connection before a write has to wait; 0 for as many
 *     as it likes, which may be megabytes
 * @param connectors what follows the one connector in Tomcat's {@code server.xml}, or what Jetty's server is told after
 *     it got its one, {@link PausingConnector#XML} for instance
 * @param descriptors how many files and sockets it may have open at once; 0 for as many as we may
 * @param threads how many threads it may serve requests with; 0 for as many as it comes with, 200
 * @param options what its JVM is started with beside the heap
 */
public record ContainerSpec(
        ContainerKind kind,
        String contextPath,
        Map<String, String> settings,
        int heapMegabytes,
        UriRules uris,
        int sendBuffer,
        String connectors,
        int descriptors,
        int threads,
        List<String> options) {

    /** The heap of a container that is not told otherwise, in MiB. */
    static final int HEAP_MEGABYTES = 256;

    private static final String KEY = "tidings.jwt.key";

    /** Checks and copies. */
    public ContainerSpec {
        if (!contextPath.matches("|/[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("Not a context path of one segment: " + contextPath);
        }
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
        options = List.copyOf(options);
    }

    /** The container as it comes, the WAR under {@code /}, accepting the tokens of {@link Tokens}. */
    public static ContainerSpec of(ContainerKind kind) {
        return new ContainerSpec(
                kind, "", Map.of(KEY, Tokens.SECRET), HEAP_MEGABYTES, UriRules.SHIPPED, 0, "", 0, 0, List.of());
    }

    /** With the WAR under another context path. */
    public ContainerSpec under(String path) {
        return new ContainerSpec(
                kind, path, settings, heapMegabytes, uris, sendBuffer, connectors, descriptors, threads, options);
    }

    /** With the setting {@code name} at {@code value}. */
    public ContainerSpec set(String name, String value) {
        Map<String, String> changed = new TreeMap<>(settings);
        changed.put(name, value);
        return new ContainerSpec(
                kind, contextPath, changed, heapMegabytes, uris, sendBuffer, connectors, descriptors, threads, options);
    }

    /** Without the setting {@code name}. */
    public ContainerSpec without(String name) {
        Map<String, String> changed = new TreeMap<>(settings);
        changed.remove(name);
        return new ContainerSpec(
                kind, contextPath, changed, heapMegabytes, uris, sendBuffer, connectors, descriptors, threads, options);
    }

    /** In demo mode, which no configured key may go with. */
    public ContainerSpec demo() {
        return without(KEY).set("tidings.demo", "true");
    }

    /** With so many MiB of heap. */
    public ContainerSpec heap(int megabytes) {
        return new ContainerSpec(
                kind, contextPath, settings, megabytes, uris, sendBuffer, connectors, descriptors, threads, options);
    }

    /**
     * With raw braces and encoded slashes let through, and publishers not cut off after a hundred events, as the
     * deployment guide shows for Tomcat.
     */
    public ContainerSpec withRelaxedUris() {
        return new ContainerSpec(
                kind,
                contextPath,
                settings,
                heapMegabytes,
                UriRules.RELAXED,
                sendBuffer,
                connectors,
                descriptors,
                threads,
                options);
    }

    /** With these rules for addresses. */
    public ContainerSpec uris(UriRules rules) {
        return new ContainerSpec(
                kind,
                contextPath,
                settings,
                heapMegabytes,
                rules,
                sendBuffer,
                connectors,
                descriptors,
                threads,
                options);
    }

    /** With connections that the system takes only about so many bytes for before a write has to wait. */
    public ContainerSpec sendBuffer(int bytes) {
        return new ContainerSpec(
                kind, contextPath, settings, heapMegabytes, uris, bytes, connectors, descriptors, threads, options);
    }

    /**
     * With one more connector, as it stands in Tomcat's {@code server.xml} or in an XML file for Jetty's server.
     * {@link Container#uri} is the first's; the log tells where the others are.
     */
    public ContainerSpec connector(String xml) {
        return new ContainerSpec(
                kind,
                contextPath,
                settings,
                heapMegabytes,
                uris,
                sendBuffer,
                connectors + xml,
                descriptors,
                threads,
                options);
    }

    /** With so many files and sockets that it may have open at once. */
    public ContainerSpec descriptors(int most) {
        return new ContainerSpec(
                kind, contextPath, settings, heapMegabytes, uris, sendBuffer, connectors, most, threads, options);
    }

    /** With so many threads to serve requests with. */
    public ContainerSpec threads(int most) {
        return new ContainerSpec(
                kind, contextPath, settings, heapMegabytes, uris, sendBuffer, connectors, descriptors, most, options);
    }

    /** With these options for its JVM. */
    public ContainerSpec options(String... some) {
        return new ContainerSpec(
                kind,
                contextPath,
                settings,
                heapMegabytes,
                uris,
                sendBuffer,
                connectors,
                descriptors,
                threads,
                List.of(some));
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

    /** The name of the WAR without its ending, which is what containers make the context path of. */
    String deploymentName() {
        return contextPath.isEmpty() ? "ROOT" : contextPath.substring(1);
    }

    @Override
    public String toString() {
        return kind + " with the WAR under " + (contextPath.isEmpty() ? "/" : contextPath);
    }
}
