package dev.tidings.hub;

import java.time.Duration;

/**
 * The bounds of what a hub has for its subscribers. 0 is any number, of what may be so.
 *
 * @param outboxEvents the most events that wait for one subscriber
 * @param outboxBytes the most bytes that wait for one subscriber, by {@link dev.tidings.event.Event#size}
 * @param templates the most distinct templates that all subscribers may ask for together; or 0
 * @param streams the most streams, on all nodes; or 0
 * @param streamsPerUser the most streams of one user, on all nodes; or 0
 * @param streamsPerAddress the most streams from one address, on all nodes; or 0
 * @param connectRate the most streams that are opened from one address in a second, on all nodes; or 0
 * @param drain over how long a drain spreads the ends of streams
 */
public record HubLimits(
        int outboxEvents,
        long outboxBytes,
        int templates,
        int streams,
        int streamsPerUser,
        int streamsPerAddress,
        int connectRate,
        Duration drain) {

    /** These bounds of an outbox, and no others. */
    public static HubLimits ofOutbox(int events, long bytes) {
        return new HubLimits(events, bytes, 0, 0, 0, 0, 0, Duration.ZERO);
    }
}
