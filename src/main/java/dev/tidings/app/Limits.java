package dev.tidings.app;

import dev.tidings.config.Settings;
import dev.tidings.http.Bodies;
import dev.tidings.hub.HubLimits;
import dev.tidings.hub.RateLimit;
import dev.tidings.ws.WebSocketLimits;
import java.time.Duration;

/**
 * What clients may take at most, from the settings and the heap. A further limit is added here, and goes inwards as a
 * plain value.
 *
 * <p><b>Threads.</b> Any.
 */
final class Limits {

    /** How many bodies of publishers are waited for at once, and for how long. */
    private static final int POSTED = 2_000;

    private static final Duration POSTING = Duration.ofSeconds(30);

    /** The same for logins, whose senders are not known yet. */
    private static final int LOGINS = 1_000;

    private static final Duration LOGIN = Duration.ofSeconds(10);

    /** Bodies under way may take one part in so many of the heap. */
    private static final int HEAP_SHARES = 8;

    private final Settings settings;

    Limits(Settings settings) {
        this.settings = settings;
    }

    /** The limits of streams and of their topics. */
    HubLimits hub() {
        return new HubLimits(
                settings.outbox().events(),
                settings.outbox().bytes(),
                settings.limit().templates(),
                settings.limit().streams(),
                settings.limit().streamsPerUser(),
                settings.limit().streamsPerAddress(),
                settings.limit().connectRate(),
                settings.drain());
    }

    /** How fast one user may publish. */
    RateLimit publishing() {
        return new RateLimit("events-published", settings.limit().publishRate(), System::nanoTime);
    }

    /** The limits of one WebSocket. */
    WebSocketLimits webSocket(Duration heartbeat) {
        return new WebSocketLimits(
                heartbeat,
                settings.frameSize(),
                dataBytes(),
                settings.outbox().events(),
                settings.outbox().bytes());
    }

    /** The most bytes that the data of one event may have as UTF-8. */
    int dataBytes() {
        return settings.limit().eventSize();
    }

    /** Reads what publishers post. */
    Bodies posted() {
        return new Bodies(POSTED, heapShare(), POSTING);
    }

    /** Reads the forms of logins. */
    Bodies logins() {
        return new Bodies(LOGINS, heapShare(), LOGIN);
    }

    private static long heapShare() {
        return Runtime.getRuntime().maxMemory() / HEAP_SHARES;
    }
}
