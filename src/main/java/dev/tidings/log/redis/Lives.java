package dev.tidings.log.redis;

import dev.tidings.event.Epoch;
import dev.tidings.event.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lives of a log whose positions are good, the oldest first. The last is the present one.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
record Lives(List<Life> all) {

    /**
     * Reads what the script says.
     *
     * @param earlier {@code epoch:first:last;} for each
     */
    static Lives parse(String earlier, Life present) {
        var lives = new ArrayList<Life>();
        for (String text : earlier.split(";", -1)) {
            if (!text.isEmpty()) {
                String[] parts = text.split(":", -1);
                lives.add(new Life(Life.epoch(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2])));
            }
        }
        lives.add(present);
        return new Lives(List.copyOf(lives));
    }

    Life present() {
        return all.get(all.size() - 1);
    }

    /** Whether nothing before this position has been lost. */
    boolean holds(Position position) {
        return all.stream().anyMatch(life -> life.holds(position));
    }

    /** Whether positions of this epoch are, or were, those of the log. */
    boolean have(Epoch epoch) {
        return all.stream().anyMatch(life -> life.epoch().equals(epoch));
    }

    /** The epoch that an entry with this birth in its id belongs to, or null if it is of none of these lives. */
    @Nullable
    Life bornAt(long birth) {
        for (Life life : all) {
            if (life.epoch().birth() == birth) {
                return life;
            }
        }
        return null;
    }

    /** The life in which the event with this sequence number was accepted; of an older one the oldest that is known. */
    Life of(long sequence) {
        for (int i = all.size() - 1; i > 0; i--) {
            if (sequence > all.get(i).first()) {
                return all.get(i);
            }
        }
        return all.get(0);
    }
}
