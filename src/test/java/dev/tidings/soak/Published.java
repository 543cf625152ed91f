package dev.tidings.soak;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What was published to a hub: the last number of each topic.
 *
 * <p>The data of an event is numbers with spaces between, at the places named here, and then what makes it as long as it is.
 *
 * <p><b>Threads.</b> Any; one publishes.
 */
final class Published {

    static final int KIND = 0;
    static final int NUMBER = 1;
    static final int ATTEMPT = 2;
    static final int STAMP = 3;

    /** The kinds: to a public topic of many, to one user alone, and large. */
    static final int CHANNEL = 0;

    static final int INBOX = 1;
    static final int BULK = 2;

    private final AtomicLongArray channels = new AtomicLongArray(SoakHub.CHANNELS);
    private final AtomicLongArray inboxes;
    private final AtomicLongArray bulk = new AtomicLongArray(1);

    Published(int clients) {
        inboxes = new AtomicLongArray(clients);
    }

    /** The last number of a public topic. */
    long lastOf(int channel) {
        return channels.get(channel);
    }

    /** The last number that went to one client alone. */
    long lastTo(int client) {
        return inboxes.get(client);
    }

    /** The next number of a topic. */
    long next(int kind, int topic) {
        return of(kind).get(topic) + 1;
    }

    /** Takes that the next number of a topic was published. */
    void done(int kind, int topic) {
        of(kind).incrementAndGet(topic);
    }

    private AtomicLongArray of(int kind) {
        return switch (kind) {
            case CHANNEL -> channels;
            case INBOX -> inboxes;
            default -> bulk;
        };
    }
}
