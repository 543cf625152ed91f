package dev.tidings.log;

import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.Positions;
import org.jspecify.annotations.Nullable;

/**
 * The positions of one log, and which ids publishers may not choose because they look like one.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param origin the position before the first event
 */
public record LogPositions(Position origin) implements Positions {

    @Override
    public Position at(long sequence) {
        return origin.at(sequence);
    }

    /** The sequence number of this position of the log; null if the text is no such position. */
    @Nullable
    Long sequence(String id) {
        Position position = Position.parse(id);
        return position == null || !position.epoch().equals(origin.epoch()) ? null : position.sequence();
    }

    /**
     * Checks a request's id.
     *
     * @throws InvalidRequestException if it has the form of this log's own positions
     */
    void check(PublishRequest request) {
        if (request.id() != null && sequence(request.id()) != null) {
            throw refusal();
        }
    }

    /** What a publisher is told who chose an id in the form of a log's own positions. */
    public static InvalidRequestException refusal() {
        return new InvalidRequestException(
                "id", "It has the form of this hub's own positions; choose another or leave it out.");
    }
}
