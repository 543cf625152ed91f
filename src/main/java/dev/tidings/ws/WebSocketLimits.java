package dev.tidings.ws;

import java.time.Duration;

/**
 * The bounds of one WebSocket.
 *
 * @param heartbeat after how long a peer that says nothing is pinged; one that stays silent for three is given up
 * @param frameBytes the most bytes that one of its frames may have
 * @param dataBytes the most bytes that the data of one event may have as UTF-8
 * @param waitingFrames how many answers may wait for it
 * @param waitingBytes how much they may have
 */
public record WebSocketLimits(
        Duration heartbeat, int frameBytes, int dataBytes, int waitingFrames, long waitingBytes) {}
