package dev.tidings.ws;

import java.time.Duration;

/**
 * The bounds of one WebSocket.
 *
 * @param heartbeat a peer that sends nothing for this long is pinged, and given up after three times as long
 * @param frameBytes the most bytes that one of its frames may have
 * @param dataBytes the most bytes that the data of one event may have as UTF-8
 * @param waitingFrames the most replies that may wait for it
 * @param waitingBytes the most that these replies may have together
 */
public record WebSocketLimits(
        Duration heartbeat, int frameBytes, int dataBytes, int waitingFrames, long waitingBytes) {}
