package dev.tidings.feed;

import dev.tidings.hub.Client;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Hub;
import dev.tidings.hub.SubscriberListener;
import dev.tidings.hub.WorkerThread;
import dev.tidings.publish.PublishService;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Lets feeds run: each from the time the first subscriber comes whose selectors match its topic until the last of them
 * leaves. A feed that nobody watches does nothing; a thousand viewers cost one publisher.
 *
 * <p><b>Threads.</b> One of its own, {@code tidings-feeds}, publishes; as a listener it is called as
 * {@link SubscriberListener} says.
 */
public final class Feeds implements SubscriberListener, AutoCloseable {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final WorkerThread thread = new WorkerThread("tidings-feeds", null, this::step);
    private final List<RunningFeed> feeds;

    /**
     * Starts the thread of these feeds. Each feed runs when its first viewer comes.
     *
     * @param hub tells which topics its subscribers ask for
     * @param publishing publishes what the feeds say
     */
    public Feeds(List<Feed> feeds, Hub hub, PublishService publishing, Clock clock) {
        this.feeds = feeds.stream()
                .map(feed -> new RunningFeed(feed, publishing, clock, thread))
                .toList();
        if (!feeds.isEmpty()) {
            hub.addListener(this);
            thread.start();
        }
    }

    /** The threads that it has: one, or none where there are no feeds. */
    public List<WorkerThread> threads() {
        return feeds.isEmpty() ? List.of() : List.of(thread);
    }

    @Override
    public void connected(Client client) {
        feeds.forEach(feed -> feed.connected(client));
    }

    @Override
    public void changed(Client client, Client before) {
        feeds.forEach(feed -> feed.changed(client, before));
    }

    @Override
    public void disconnected(Client client, DisconnectReason reason) {
        feeds.forEach(feed -> feed.disconnected(client));
    }

    /** Stops all feeds and waits for their thread, which is at one event at most. */
    @Override
    public void close() {
        thread.close(STOP_LIMIT);
    }

    private long step() {
        long pause = WorkerThread.IDLE;
        for (RunningFeed feed : feeds) {
            if (thread.isClosed()) {
                return WorkerThread.IDLE;
            }
            pause = Math.min(pause, feed.turn());
        }
        return pause;
    }
}
