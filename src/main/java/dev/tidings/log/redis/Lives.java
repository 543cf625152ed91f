package dev.tidings.log.redis;

import dev.tidings.event.Epoch;
import dev.tidings.event.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lives of a log from which events are stored, the oldest first. The last is the present one.
 *
 * <p>An event that was answered may turn out to be lost. From then on the positions of all lives before are unknown, since an
 * event is missing after each of them. Events that are stored from those lives have positions of the first sound one.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param sound the index of the first life whose positions are good
 */
record Lives(List<Life> all, int sound) {

    /**
     * Reads what the script says.
     *
     * @param earlier {@code epoch:first:last;} for each
     * @param soundBirth the birth of the first life whose positions are good
     */
    static Lives parse(String earlier, Life present, long soundBirth) {
        var lives = new ArrayList<Life>();
        for (String text : earlier.split(";", -1)) {
            if (!text.isEmpty()) {
                String[] parts = text.split(":", -1);
                lives.add(new Life(Life.epoch(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2])));
            }
        }
        lives.add(present);
        int sound = 0;
        while (sound < lives.size() - 1 && lives.get(sound).epoch().birth() < soundBirth) {
            sound++;
        }
        return new Lives(List.copyOf(lives), sound);
    }

    Life present() {
        return all.get(all.size() - 1);
    }

    /**
     * Whether nothing after this position is known to be lost.
     *
     * @param end the sequence number up to which positions of the present life are good
     */
    boolean holds(Position position, long end) {
        for (int i = sound; i < all.size(); i++) {
            Life life = all.get(i);
            if (life.epoch().equals(position.epoch())) {
                return position.sequence() <= (isPresent(i) ? end : life.last())
                        && (i == sound || position.sequence() >= life.first());
            }
        }
        return false;
    }

    /** Whether nothing after the event with this sequence number is known to be lost, whenever it was read. */
    boolean isWholeAfter(long sequence) {
        return sequence > all.get(sound).first();
    }

    /** Whether positions of this epoch are, or were, those of the log. */
    boolean have(Epoch epoch) {
        return all.stream().anyMatch(life -> life.epoch().equals(epoch));
    }

    /** Whether an entry with this birth in its id is of one of these lives. */
    boolean haveBorn(StreamEntry entry) {
        return all.stream().anyMatch(life -> life.epoch().birth() == entry.birth());
    }

    /** The position of a stored event, or null if its entry is of none of these lives. */
    @Nullable
    Position of(StreamEntry entry) {
        for (int i = 0; i < all.size(); i++) {
            Life life = all.get(i);
            if (life.epoch().birth() == entry.birth()) {
                return isPresent(i) || entry.number() <= life.last()
                        ? all.get(Math.max(i, sound)).at(entry.number())
                        : null;
            }
        }
        return null;
    }

    /** The position with this sequence number. */
    Position at(long sequence) {
        return life(sequence, sound).at(sequence);
    }

    /** The id of the entry that has this sequence number in Redis. */
    String entryId(long sequence) {
        return life(sequence, 0).entryId(sequence);
    }

    private boolean isPresent(int index) {
        return index == all.size() - 1;
    }

    /** The life in which the event with this sequence number was accepted; of an older one the oldest that counts. */
    private Life life(long sequence, int oldest) {
        for (int i = all.size() - 1; i > oldest; i--) {
            if (sequence > all.get(i).first()) {
                return all.get(i);
            }
        }
        return all.get(oldest);
    }
}
