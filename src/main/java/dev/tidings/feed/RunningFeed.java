package dev.tidings.feed;

import dev.tidings.event.PublishRequest;
import dev.tidings.hub.Hub;
import dev.tidings.hub.Subscriber;
import dev.tidings.hub.Subscription;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One feed, and how many are watching it.
 *
 * <p><b>Threads.</b> Its viewers are counted by one thread at a time, in the order in which they come and go; the hub
 * sees to that.
 */
final class RunningFeed {

    private static final System.Logger LOG = System.getLogger(RunningFeed.class.getName());

    private final Feed feed;
    private final Hub hub;
    private final Clock clock;
    private final ScheduledExecutorService thread;

    private int viewers;
    private @Nullable ScheduledFuture<?> running;

    RunningFeed(Feed feed, Hub hub, Clock clock, ScheduledExecutorService thread) {
        this.feed = feed;
        this.hub = hub;
        this.clock = clock;
        this.thread = thread;
    }

    void connected(Subscriber subscriber) {
        if (watches(subscriber.subscription())) {
            begin();
        }
    }

    void changed(Subscriber subscriber, Subscription before) {
        boolean watched = watches(before);
        boolean watches = watches(subscriber.subscription());
        if (watches && !watched) {
            begin();
        } else if (watched && !watches) {
            end();
        }
    }

    void disconnected(Subscriber subscriber) {
        if (watches(subscriber.subscription())) {
            end();
        }
    }

    private void begin() {
        if (viewers++ == 0) {
            try {
                long pause = feed.pause().toMillis();
                thread.execute(feed::begin);
                running = thread.scheduleAtFixedRate(this::turn, 0, pause, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closed) {
                // The hub is stopping, and this subscriber with it.
                running = null;
            }
        }
    }

    private void end() {
        if (--viewers == 0 && running != null) {
            running.cancel(false);
            running = null;
        }
    }

    private void turn() {
        try {
            PublishRequest event = feed.next(clock.instant());
            if (event != null) {
                publish(event);
            }
        } catch (RuntimeException failure) {
            // Thrown on, it would end the feed without a word.
            LOG.log(System.Logger.Level.ERROR, "the feed " + feed.path() + " has a fault", failure);
        }
    }

    private void publish(PublishRequest event) {
        if (feed.kept()) {
            hub.publish(List.of(event));
        } else {
            hub.pass(event);
        }
    }

    private boolean watches(Subscription subscription) {
        return subscription.topics().matches(feed.topic());
    }
}
