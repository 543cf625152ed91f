package dev.tidings.log.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.event.PublishRequest;
import org.jspecify.annotations.Nullable;

/**
 * What goes to the subscribers or to the nodes of now, and is not stored.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
final class PassingEvent {

    private final Kind kind;
    private final String name;
    private final @Nullable PublishRequest request;
    private final byte[] bytes;

    /** What it is, as the script and the tails name it. */
    enum Kind {
        EVENT("e"),
        /** For the nodes themselves. */
        COMMAND("c"),
        /** Passing events of a node could not be brought to the others. */
        MISSED("m");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        byte[] bytes() {
            return text.getBytes(UTF_8);
        }
    }

    private PassingEvent(Kind kind, String name, @Nullable PublishRequest request, byte[] bytes) {
        this.kind = kind;
        this.name = name;
        this.request = request;
        this.bytes = bytes;
    }

    static PassingEvent event(String name, PublishRequest request) {
        return new PassingEvent(Kind.EVENT, name, request, EventEntry.of(request));
    }

    static PassingEvent command(String name, byte[] command) {
        return new PassingEvent(Kind.COMMAND, name, null, command);
    }

    static PassingEvent missed(String name) {
        return new PassingEvent(Kind.MISSED, name, null, new byte[0]);
    }

    Kind kind() {
        return kind;
    }

    /** Names it among all that nodes have sent. */
    String name() {
        return name;
    }

    /** The event; null if it is for nodes. */
    @Nullable
    PublishRequest request() {
        return request;
    }

    /** The event or the command as an entry has it. Nobody changes them. */
    byte[] bytes() {
        return bytes;
    }
}
