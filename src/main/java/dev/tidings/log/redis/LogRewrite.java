package dev.tidings.log.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.redis.SharedConnections;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Erases events from the log in Redis. It has the server copy the log without them, step by step, and put the copy in the log's
 * place.
 *
 * <p>An entry of a stream cannot be changed. One that is deleted leaves its bytes in the server's memory and in its dumps, and a
 * hole, which nodes take for a loss. The copy has neither. It takes as much of the server's memory as the log, for a while. No
 * step takes the server more than a few milliseconds. If another node erases at the same time, one of the two begins anew.
 *
 * <p><b>Threads.</b> One.
 */
final class LogRewrite {

    private static final int STEP_ENTRIES = 500;
    private static final long STEP_BYTES = 256L << 10;

    /** How often a copy is begun. */
    private static final int MOST_COPIES = 20;

    private static final String NOTHING_COPIED = "0-0";

    private final LogScripts scripts;
    private final SharedConnections connections;
    private final Lives lives;
    private final List<Event> remains;

    /**
     * @param connections lend one for each step
     * @param remains what is left of the events that are erased, in their order
     */
    LogRewrite(LogScripts scripts, SharedConnections connections, Lives lives, List<Event> remains) {
        this.scripts = scripts;
        this.connections = connections;
        this.lives = lives;
        this.remains = remains;
    }

    /** @throws LogUnavailableException if the server cannot be asked, or other nodes erase again and again */
    void run() {
        for (int begun = 0; begun < MOST_COPIES; begun++) {
            if (copyAll()) {
                return;
            }
        }
        throw new LogUnavailableException("other nodes erase events at the same time; try again");
    }

    private boolean copyAll() {
        String copy = UUID.randomUUID().toString();
        String rewrites = "";
        String cursor = NOTHING_COPIED;
        int next = 0;
        while (true) {
            List<byte[]> arguments = arguments(rewrites, cursor, next);
            List<String> answer = connections.with(connection -> scripts.rewrite(connection, copy, arguments));
            if (!answer.get(0).equals("more")) {
                return answer.get(0).equals("done");
            }
            rewrites = answer.get(1);
            cursor = answer.get(2);
            long copied = Long.parseLong(cursor.substring(cursor.indexOf('-') + 1));
            while (next < remains.size() && remains.get(next).sequence() <= copied) {
                next++;
            }
        }
    }

    private List<byte[]> arguments(String rewrites, String cursor, int next) {
        var arguments = new ArrayList<byte[]>();
        for (String text : List.of(rewrites, cursor, Integer.toString(STEP_ENTRIES), Long.toString(STEP_BYTES))) {
            arguments.add(text.getBytes(UTF_8));
        }
        int end = Math.min(remains.size(), next + STEP_ENTRIES);
        for (Event left : remains.subList(next, end)) {
            arguments.add(lives.entryId(left.sequence()).getBytes(UTF_8));
            arguments.add(EventEntry.of(new PublishRequest(left.topics(), null, null, null, null, true)));
        }
        return arguments;
    }
}
