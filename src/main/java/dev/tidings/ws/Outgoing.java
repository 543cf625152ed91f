package dev.tidings.ws;

import dev.tidings.event.Position;
import java.util.List;

/** What is written to a WebSocket next. */
sealed interface Outgoing {

    /** Text frames, one after the other. */
    record Texts(List<String> frames) implements Outgoing {}

    /** A ping, whose data are the position reached. */
    record Ping(Position reached) implements Outgoing {}
}
