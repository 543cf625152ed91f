package dev.tidings.feed;

import dev.tidings.event.PublishRequest;
import dev.tidings.hub.Client;
import dev.tidings.hub.FailureLog;
import dev.tidings.hub.WorkerThread;
import dev.tidings.logging.Logs;
import dev.tidings.publish.PublishService;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One feed and the number of its viewers.
 *
 * <p><b>Threads.</b> The hub reports viewers one at a time, in the order in which they come and go. The feeds' thread
 * calls {@link #turn}.
 */
final class RunningFeed {

    private static final System.Logger LOG = Logs.of(RunningFeed.class);

    /** How long it goes on for those who read once: they come back within a minute, or not at all. */
    private static final Duration READ = Duration.ofSeconds(65);

    private final Feed feed;
    private final PublishService publishing;
    private final Clock clock;
    private final WorkerThread thread;

    private final AtomicInteger viewers = new AtomicInteger();

    /** Until when it runs for those who read once, by {@link System#nanoTime}; 0 if nobody ever did. */
    private volatile long readUntil;

    /** The number of the present or last time with viewers, from 1; 0 before the first. */
    private volatile int watched;

    /** How many times with viewers there were. */
    private int times;

    // Of the feeds' thread alone: the time with viewers that it has begun, and when the next turn is due.
    private int begun;
    private long due;

    RunningFeed(Feed feed, PublishService publishing, Clock clock, WorkerThread thread) {
        this.feed = feed;
        this.publishing = publishing;
        this.clock = clock;
        this.thread = thread;
    }

    void connected(Client client) {
        if (watches(client)) {
            addViewer();
        }
    }

    void changed(Client client, Client before) {
        boolean watched = watches(before);
        boolean watches = watches(client);
        if (watches && !watched) {
            addViewer();
        } else if (watched && !watches) {
            removeViewer();
        }
    }

    void disconnected(Client client) {
        if (watches(client)) {
            removeViewer();
        }
    }

    /** Somebody reads once, and perhaps again and again. */
    void read(Client client) {
        if (watches(client)) {
            boolean wasWatched = isWatched();
            readUntil = System.nanoTime() + READ.toNanos() | 1;
            begin(wasWatched);
        }
    }

    /** Takes a turn if one is due. Returns for how many nanoseconds no turn is due. */
    long turn() {
        int now = isWatched() ? watched : 0;
        if (now == 0) {
            return WorkerThread.IDLE;
        }
        boolean first = now != begun;
        if (first) {
            begun = now;
            due = System.nanoTime();
        }
        long left = due - System.nanoTime();
        if (left > 0) {
            return left;
        }
        // A slow log or a slow machine may miss turns. They are not made up for.
        due = Math.max(due + feed.pause().toNanos(), due - left);
        publishNext(first);
        return Math.max(0, due - System.nanoTime());
    }

    private void addViewer() {
        boolean wasWatched = isWatched();
        viewers.incrementAndGet();
        begin(wasWatched);
    }

    private void removeViewer() {
        viewers.decrementAndGet();
    }

    private boolean isWatched() {
        return viewers.get() > 0 || (readUntil != 0 && readUntil - System.nanoTime() > 0);
    }

    private void begin(boolean wasWatched) {
        if (!wasWatched) {
            times++;
            watched = times;
            thread.wake();
        }
    }

    /** Publishes the feed's next event. A feed that fails harms no other feed. */
    private void publishNext(boolean first) {
        try {
            if (first) {
                feed.begin();
            }
            PublishRequest event = feed.next(clock.instant());
            if (event != null) {
                publish(event);
            }
        } catch (Throwable failure) {
            FailureLog.error(LOG, "the feed " + feed.path() + " failed", failure);
        }
    }

    private void publish(PublishRequest event) {
        if (feed.kept()) {
            publishing.publishOwn(event);
        } else {
            publishing.passOwn(event);
        }
    }

    private boolean watches(Client client) {
        return client.topics().matches(feed.topic());
    }
}
