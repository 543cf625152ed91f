package dev.tidings.log;

import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import org.jspecify.annotations.Nullable;

/**
 * The positions of one log: which ids are its own, and what publishers may therefore not choose.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param origin its sequence number 0
 */
public record LogPositions(Position origin) {

    public Position at(long sequence) {
        return origin.at(sequence);
    }

    /** The sequence number that this id says by itself, or null if it is no position of this log. */
    @Nullable
    Long sequence(String id) {
        Position position = Position.parse(id);
        return position == null || !position.epoch().equals(origin.epoch()) ? null : position.sequence();
    }

    /** @throws InvalidRequestException if it brings an id in the form of this log's own positions */
    public void check(PublishRequest request) {
        if (request.id() != null && sequence(request.id()) != null) {
            throw new InvalidRequestException(
                    "id", "It has the form of this hub's own positions; choose another or leave it out.");
        }
    }
}
