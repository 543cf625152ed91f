package dev.tidings.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The classes of a container and of the WAR in it as a JVM has read and verified them, for the JVMs of containers that
 * are started later to map: to read them again is a fifth of what a start takes.
 *
 * <p>This is the JDK's class data sharing. The archive of a kind is made when one is first started after the build
 * unpacked it, out of a container that is started for this alone and asked for a little of everything; it stays beside
 * the container. Where it cannot be made, or was made by another JDK, classes are loaded as ever, and so are those that
 * are not byte for byte what they were.
 *
 * <p><b>Threads.</b> Any, and any number of JVMs: one makes the archive, the others wait for it.
 */
final class ClassArchive {

    private static final String TOPIC = "/classes";

    private static final List<String> RECORD =
            List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+RecordDynamicDumpInfo");

    private static final Map<ContainerKind, List<String>> OPTIONS = new EnumMap<>(ContainerKind.class);

    private ClassArchive() {}

    /** What a JVM is told so that it uses the archive of this kind of container. */
    static synchronized List<String> optionsFor(ContainerKind kind) {
        return OPTIONS.computeIfAbsent(kind, ClassArchive::prepare);
    }

    private static List<String> prepare(ContainerKind kind) {
        Path archive = beside(kind.home(), ".jsa");
        try (FileChannel maker =
                FileChannel.open(beside(archive, ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            maker.lock();
            if (Files.notExists(archive)) {
                make(kind, archive);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
    }

    private static void make(ContainerKind kind, Path archive) throws IOException {
        Path unfinished = beside(archive, ".part");
        try (Container container = Container.start(ContainerSpec.of(kind), RECORD)) {
            askForALittleOfEverything(container);
            Jvm.of(container).archiveClasses(unfinished);
        }
        if (Files.exists(unfinished)) {
            Files.move(unfinished, archive);
        }
    }

    private static void askForALittleOfEverything(Container container) {
        Tokens token = Tokens.operator();
        try (StreamRecorder stream =
                        container.stream("/events?topic=" + TOPIC).with(token).open();
                SocketClient socket = SocketClient.open(container, "/ws?topic=" + TOPIC, token)) {
            Publisher.to(container).publish(TOPIC, "x");
            stream.next();
            socket.skipTo("event");
        }
    }

    private static Path beside(Path path, String ending) {
        return path.resolveSibling(path.getFileName() + ending);
    }
}
