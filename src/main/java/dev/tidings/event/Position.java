package dev.tidings.event;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sequence number of one log, as an id that clients can hand back: a {@code urn:uuid:} of version 7.
 *
 * <p>The first event of a log has the sequence number 1; 0 stands before it. "The position n" means that everything up
 * to and including the n-th event has been seen. A position says by itself which log it belongs to and where in it, so
 * resuming from one needs no index. Within one log the texts sort in the order of the sequence numbers.
 *
 * @param epoch the life of the log it belongs to
 * @param sequence how many events of that log are behind it, below 2<sup>48</sup>
 */
public record Position(Epoch epoch, long sequence) {

    /** What a subscriber asks for instead of an id when it wants everything that history holds. */
    public static final String EARLIEST = "earliest";

    private static final String PREFIX = "urn:uuid:";
    private static final int LENGTH = PREFIX.length() + 36;
    private static final int SEQUENCE_BITS = 48;
    private static final long VARIANT = 0b10L << 62;

    public Position {
        if (sequence < 0 || sequence >>> SEQUENCE_BITS != 0) {
            throw new IllegalArgumentException("no sequence number of a log: " + sequence);
        }
    }

    /** The position that this text is, in exactly the form that {@link #toString} gives, or null. */
    public static @Nullable Position parse(String text) {
        if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
            return null;
        }
        UUID uuid;
        try {
            uuid = UUID.fromString(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException notAUuid) {
            return null;
        }
        if (uuid.version() != 7 || uuid.variant() != 2) {
            return null;
        }
        long low = uuid.getLeastSignificantBits() & ~VARIANT;
        var position = new Position(
                new Epoch(uuid.getMostSignificantBits(), (int) (low >>> SEQUENCE_BITS)),
                low & (1L << SEQUENCE_BITS) - 1);
        return position.toString().equals(text) ? position : null;
    }

    /** The position of another sequence number in the same log. */
    public Position at(long otherSequence) {
        return new Position(epoch, otherSequence);
    }

    /** The id as clients see it: {@code urn:uuid:} and the UUID in lower case. */
    @Override
    public String toString() {
        return PREFIX + new UUID(epoch.high(), VARIANT | (long) epoch.low() << SEQUENCE_BITS | sequence);
    }
}
