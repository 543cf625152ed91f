package dev.tidings.feed;

import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Hub;
import dev.tidings.hub.Subscriber;
import dev.tidings.hub.SubscriberListener;
import dev.tidings.hub.Subscription;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Lets feeds run: each from the time the first subscriber comes whose selectors match its topic until the last of them
 * leaves. A feed that nobody watches does nothing; a thousand viewers cost one publisher.
 *
 * <p><b>Threads.</b> One of its own, {@code tidings-feeds}, publishes; as a listener it is called as
 * {@link SubscriberListener} says.
 */
public final class Feeds implements SubscriberListener, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Feeds.class.getName());

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
        var named = new Thread(task, "tidings-feeds");
        named.setDaemon(true);
        return named;
    });
    private final List<RunningFeed> feeds;

    /** Makes these feeds ready; they run when somebody comes to watch. */
    public Feeds(List<Feed> feeds, Hub hub, Clock clock) {
        // Or a viewer who comes and goes would leave a task behind each time, until its pause is over.
        thread.setRemoveOnCancelPolicy(true);
        this.feeds = feeds.stream()
                .map(feed -> new RunningFeed(feed, hub, clock, thread))
                .toList();
        hub.addListener(this);
    }

    @Override
    public void connected(Subscriber subscriber) {
        feeds.forEach(feed -> feed.connected(subscriber));
    }

    @Override
    public void changed(Subscriber subscriber, Subscription before) {
        feeds.forEach(feed -> feed.changed(subscriber, before));
    }

    @Override
    public void disconnected(Subscriber subscriber, DisconnectReason reason) {
        feeds.forEach(feed -> feed.disconnected(subscriber));
    }

    /** Stops all feeds and waits for their thread, which is at one event at most. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "the feeds do not stop");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
