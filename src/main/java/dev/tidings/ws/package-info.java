/**
 * The door for clients that need both directions: {@code /ws}, a WebSocket whose text frames are JSON.
 *
 * <p>A {@link dev.tidings.ws.SocketStream} is a {@link dev.tidings.hub.Sink} like a stream over HTTP: it takes events
 * from its subscriber by way of the same {@link dev.tidings.stream.FrameSource}, and is served by the same writers and
 * timer. Frames of clients go to a {@link dev.tidings.ws.FrameHandler}, which publishes through the same checks and
 * the same log as every other door. Only {@link dev.tidings.ws.WebSocketServlet} is loaded where the container has no
 * WebSockets.
 */
@NullMarked
package dev.tidings.ws;

import org.jspecify.annotations.NullMarked;
