package dev.tidings.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a node has said of itself. It holds while the node says it again and again.
 *
 * @param node an id that no other node ever has
 * @param entry the text that is stored, which is another one each time
 * @param state whether the node has subscribers that follow what operates the hub, or is gone
 * @param name the name that operators gave it
 */
record NodeLease(String node, String entry, State state, String name) {

    /** How long a node may be silent. */
    static final Duration LENGTH = Duration.ofSeconds(10);

    /** What is known of a node. */
    enum State {
        HERE("here"),
        FOLLOWS("follows"),
        /** It was silent, and another node tells that its clients are lost. */
        TAKEN("taken");

        final String text;

        State(String text) {
            this.text = text;
        }
    }

    /** @param once what no other entry has */
    static NodeLease of(String node, String once, State state, String name) {
        return new NodeLease(node, once + ' ' + state.text + ' ' + name, state, name);
    }

    /** Reads an entry; null if no node has written it. */
    static @Nullable NodeLease read(Object node, Object entry) {
        String text = text(entry);
        String[] parts = text.split(" ", 3);
        if (parts.length < 3) {
            return null;
        }
        for (State state : State.values()) {
            if (state.text.equals(parts[1])) {
                return new NodeLease(text(node), text, state, parts[2]);
            }
        }
        return null;
    }

    static String text(Object reply) {
        return new String((byte[]) reply, UTF_8);
    }
}
