package dev.tidings.ws;

import java.util.ArrayList;
import java.util.List;

/**
 * The replies that wait to be sent to one client, oldest first, and never more than its bounds.
 *
 * <p><b>Threads.</b> Any. No method waits.
 */
final class ReplyQueue {

    private final int maxFrames;
    private final long maxCharacters;
    private List<Reply> waiting = new ArrayList<>(0);
    private long characters;

    ReplyQueue(int maxFrames, long maxCharacters) {
        this.maxFrames = maxFrames;
        this.maxCharacters = maxCharacters;
    }

    /** Adds a reply; false when there is no room for it. A single reply always fits, however long. */
    synchronized boolean offer(Reply reply) {
        if (waiting.size() == maxFrames
                || (!waiting.isEmpty() && characters + reply.frame().length() > maxCharacters)) {
            return false;
        }
        waiting.add(reply);
        characters += reply.frame().length();
        return true;
    }

    /** Removes and returns all that wait. */
    synchronized List<Reply> take() {
        if (waiting.isEmpty()) {
            // Not the list itself: the next reply would be added to it while the caller reads it.
            return List.of();
        }
        List<Reply> taken = waiting;
        waiting = new ArrayList<>(0);
        characters = 0;
        return taken;
    }
}
