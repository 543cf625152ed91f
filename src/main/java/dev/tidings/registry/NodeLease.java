package dev.tidings.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * What a node has said of itself, and for how long it holds.
 *
 * @param node an id that no other node ever has
 * @param ends when it ends, in milliseconds by Redis's clock
 * @param state whether the node has subscribers that follow what operates the hub, or is gone
 * @param name the name that operators gave it
 */
record NodeLease(String node, long ends, State state, String name) {

    /** What is known of a node. */
    enum State {
        HERE("here"),
        FOLLOWS("follows"),
        /** Its lease had run out, and another node tells that its clients are lost. */
        TAKEN("taken");

        final String text;

        State(String text) {
            this.text = text;
        }
    }

    /** Reads an entry; null if no node has written it. */
    static @Nullable NodeLease read(Object node, Object entry) {
        String[] parts = text(entry).split(" ", 3);
        if (parts.length < 3) {
            return null;
        }
        State state = State.HERE;
        for (State one : State.values()) {
            if (one.text.equals(parts[1])) {
                state = one;
            }
        }
        try {
            return new NodeLease(text(node), Long.parseLong(parts[0]), state, parts[2]);
        } catch (NumberFormatException foreign) {
            return null;
        }
    }

    /** Whether it can be asked. */
    boolean isHeld(long now) {
        return ends > now && state != State.TAKEN;
    }

    static String text(Object reply) {
        return new String((byte[]) reply, UTF_8);
    }
}
