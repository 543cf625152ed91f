package dev.tidings.ws;

import java.util.ArrayList;
import java.util.List;

/**
 * What waits to be sent to one client in answer to its frames, oldest first, and never more than its bounds.
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

    /** Takes one in; false when there is no room for it. One always fits, however long. */
    synchronized boolean offer(Reply reply) {
        if (waiting.size() == maxFrames
                || (!waiting.isEmpty() && characters + reply.frame().length() > maxCharacters)) {
            return false;
        }
        waiting.add(reply);
        characters += reply.frame().length();
        return true;
    }

    /** All that wait, which is none any more. */
    synchronized List<Reply> take() {
        if (waiting.isEmpty()) {
            // Not the list itself, into which the next would go while it is looked at.
            return List.of();
        }
        List<Reply> taken = waiting;
        waiting = new ArrayList<>(0);
        characters = 0;
        return taken;
    }
}
