package dev.tidings.hub;

import dev.tidings.event.Position;
import dev.tidings.event.selector.SelectorSet;
import java.time.Instant;

/**
 * What anybody may know of a client, at one moment. The client may have gone on since, or have gone.
 *
 * @param id the id that operators know it by: a {@code urn:uuid:}, in the order in which clients came
 * @param peer who is at the other end
 * @param topics the selectors it asks for
 * @param granted the subscribe selectors of its grant
 * @param connectedAt when it came
 * @param lastEventId the position of which its peer last heard, or is about to
 * @param delivered how many events its stream was given to write
 * @param queued how many events wait in its outbox; what waits in history is not counted
 * @param state where its next event comes from
 * @param node the name of the node it is connected to
 */
public record Client(
        String id,
        Peer peer,
        SelectorSet topics,
        SelectorSet granted,
        Instant connectedAt,
        Position lastEventId,
        long delivered,
        int queued,
        SubscriberState state,
        String node) {}
