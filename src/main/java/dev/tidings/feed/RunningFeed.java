package dev.tidings.feed;

import dev.tidings.event.PublishRequest;
import dev.tidings.hub.Client;
import dev.tidings.hub.FailureLog;
import dev.tidings.hub.WorkerThread;
import dev.tidings.logging.Logs;
import dev.tidings.publish.PublishService;
import java.time.Clock;

/**
 * One feed and the number of its viewers.
 *
 * <p><b>Threads.</b> The hub reports viewers one at a time, in the order in which they come and go. The feeds' thread
 * calls {@link #turn}.
 */
final class RunningFeed {

    private static final System.Logger LOG = Logs.of(RunningFeed.class);

    private final Feed feed;
    private final PublishService publishing;
    private final Clock clock;
    private final WorkerThread thread;

    private int viewers;

    /** The number of the present time with viewers, from 1; 0 while there are none. */
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

    /** Takes a turn if one is due. Returns for how many nanoseconds no turn is due. */
    long turn() {
        int now = watched;
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
        if (viewers++ == 0) {
            times++;
            watched = times;
            thread.wake();
        }
    }

    private void removeViewer() {
        if (--viewers == 0) {
            watched = 0;
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
