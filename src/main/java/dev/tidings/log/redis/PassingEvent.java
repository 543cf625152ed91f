package dev.tidings.log.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.event.PublishRequest;
import org.jspecify.annotations.Nullable;

/**
 * What goes to the subscribers or to the nodes of now, and is not stored.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param kind how the script and the tails name it
 * @param name names it among all that this node has sent
 * @param request the event; null if it is for nodes
 * @param bytes the event or the command as an entry has it
 */
record PassingEvent(Kind kind, String name, @Nullable PublishRequest request, byte[] bytes) {

    /** What it is. */
    enum Kind {
        EVENT("e"),
        /** For the nodes themselves. */
        COMMAND("c"),
        /** Passing events of a node could not be brought to the others. */
        MISSED("m");

        final String text;
        final byte[] bytes;

        Kind(String text) {
            this.text = text;
            this.bytes = text.getBytes(UTF_8);
        }
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
}
