package dev.tidings.feed;

import dev.tidings.event.PublishRequest;
import dev.tidings.hub.Client;
import dev.tidings.hub.FailureLog;
import dev.tidings.hub.WorkerThread;
import dev.tidings.publish.PublishService;
import java.time.Clock;

/**
 * One feed, and how many are watching it.
 *
 * <p><b>Threads.</b> Its viewers are counted by one thread at a time, in the order in which they come and go; the hub
 * sees to that.
 */
final class RunningFeed {

    private static final System.Logger LOG = System.getLogger(RunningFeed.class.getName());

    private final Feed feed;
    private final PublishService publishing;
    private final Clock clock;
    private final WorkerThread thread;

    private int viewers;

    /** How often a first viewer came, while it is watched; 0 while it is not. */
    private volatile int watched;

    private int firsts;

    // The thread's own.
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
            begin();
        }
    }

    void changed(Client client, Client before) {
        boolean watched = watches(before);
        boolean watches = watches(client);
        if (watches && !watched) {
            begin();
        } else if (watched && !watches) {
            end();
        }
    }

    void disconnected(Client client) {
        if (watches(client)) {
            end();
        }
    }

    /** Takes its turn if one is due, and returns for how many nanoseconds none is. */
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
        // Turns that were missed, since the log or the machine was slow, are not made up for.
        due = Math.max(due + feed.pause().toNanos(), due - left);
        say(first);
        return Math.max(0, due - System.nanoTime());
    }

    private void begin() {
        if (viewers++ == 0) {
            firsts++;
            watched = firsts;
            thread.wake();
        }
    }

    private void end() {
        if (--viewers == 0) {
            watched = 0;
        }
    }

    /** A feed with a fault harms no other. */
    private void say(boolean first) {
        try {
            if (first) {
                feed.begin();
            }
            PublishRequest event = feed.next(clock.instant());
            if (event != null) {
                publish(event);
            }
        } catch (Throwable failure) {
            FailureLog.error(LOG, "the feed " + feed.path() + " has a fault", failure);
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
