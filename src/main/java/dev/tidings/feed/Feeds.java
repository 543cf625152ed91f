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
 * Runs feeds. A feed runs while at least one subscriber has a selector that matches its topic.
 *
 * <p>A feed without viewers does nothing. A thousand viewers cost one publisher.
 *
 * <p><b>Threads.</b> A thread of its own, {@code tidings-feeds}, publishes. The methods of the listener are called as
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

    /** Returns its threads: one, or none without feeds. */
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

    @Override
    public void read(Client reader) {
        feeds.forEach(feed -> feed.read(reader));
    }

    /** Stops all feeds, and waits until their thread has published at most one more event. */
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
