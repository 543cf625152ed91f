package dev.tidings.log.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.event.Position;
import java.util.List;

/**
 * What a log is like in Redis, as the script found it.
 *
 * @param lives the lives whose positions are good
 * @param start the sequence number before the oldest event stored
 * @param middle the sequence number after which there is at most half of what may be stored
 * @param oldest when the oldest event was accepted, in milliseconds; 0 if none is stored
 * @param now the server's time then, in milliseconds
 * @param passing the number of the last passing event in this life
 * @param bytes those of the text of all events stored
 */
record LogState(Lives lives, long start, long middle, long oldest, long now, long passing, long bytes) {

    /** How many of the script's answers are the state. */
    static final int FIELDS = 11;

    /** Reads the first answers of the script. */
    static LogState of(List<Object> answer) {
        long last = number(answer, 3);
        var present = new Life(Life.epoch(text(answer, 0)), number(answer, 1), last);
        return new LogState(
                Lives.parse(text(answer, 2), present, number(answer, 9)),
                number(answer, 4),
                number(answer, 5),
                number(answer, 6),
                number(answer, 7),
                number(answer, 8),
                number(answer, 10));
    }

    /** The sequence number of the newest event. */
    long end() {
        return lives.present().last();
    }

    /** Whether everything after this position is stored. */
    boolean reaches(Position position) {
        return position.sequence() >= start && lives.holds(position, end());
    }

    /** Whether this entry may be one of the passing events. */
    boolean hasPassing(StreamEntry entry) {
        boolean now = entry.birth() == lives.present().epoch().birth();
        return now ? entry.number() <= passing : lives.haveBorn(entry);
    }

    /** Whether this was told later than another. Answers of several connections may overtake each other. */
    boolean isNewerThan(LogState other) {
        long birth = lives.present().epoch().birth();
        long otherBirth = other.lives.present().epoch().birth();
        return birth == otherBirth
                ? end() > other.end() || end() == other.end() && start >= other.start
                : birth > otherBirth;
    }

    /** An answer that is a text. */
    static String text(List<Object> answer, int index) {
        return new String((byte[]) answer.get(index), UTF_8);
    }

    private static long number(List<Object> answer, int index) {
        return Long.parseLong(text(answer, index));
    }
}
