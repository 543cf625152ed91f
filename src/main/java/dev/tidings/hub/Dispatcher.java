package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.logging.Logs;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Hands the events of the log to {@link Delivery}, batch by batch.
 *
 * <p>If a batch cannot be delivered, all streams are ended, because some may have it and others not. A client that reconnects gets
 * what it lacks from history.
 *
 * <p>All streams are ended, too, when the log begins anew. A client that reconnects is told of a gap if it had come further than
 * what the log still has.
 *
 * <p><b>Threads.</b> As {@link LogListener} says. Any thread may call {@link #delivering}.
 */
final class Dispatcher implements LogListener {

    private static final System.Logger LOG = Logs.of(Dispatcher.class);

    /** How long to wait for memory. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Delivery delivery;
    private final Batching batching;
    private final Staleness staleness;
    private final LocalClients clients;

    private final BusyTime busy = new BusyTime();

    Dispatcher(Delivery delivery, Batching batching, Staleness staleness, LocalClients clients) {
        this.delivery = delivery;
        this.batching = batching;
        this.staleness = staleness;
        this.clients = clients;
    }

    /** For how long the events have been under way that are delivered now; zero if there are none. */
    Duration delivering() {
        return busy.elapsed();
    }

    @Override
    public void accepted(List<Event> events) {
        busy.begin();
        try {
            offer(events);
        } finally {
            busy.end();
        }
    }

    @Override
    public void begins(long sequence) {
        delivery.skipTo(sequence);
        staleness.restart(sequence);
        endAllAtLast();
    }

    @Override
    public void missed(boolean byAll) {
        clients.missed(byAll);
    }

    private void offer(List<Event> events) {
        int looked = 0;
        for (int from = 0, to; from < events.size(); from = to) {
            // Until the end of the batch is known, a failure concerns all events that are left.
            to = events.size();
            try {
                if (!Batching.follow(delivery.delivered(), events.get(from))) {
                    throw new IllegalStateException("the log did not hand over all events that it accepted");
                }
                to = batching.endOf(events, from);
                delivery.offer(List.copyOf(events.subList(from, to)));
                if (events.get(from).isErased()) {
                    clients.missed(events.get(from));
                }
                if (to == events.size() || to - looked >= Staleness.STEP) {
                    looked = to;
                    wakeStale();
                }
            } catch (Throwable failure) {
                FailureLog.error(
                        LOG, "an event could not be delivered; the hub ends all streams, and clients resume", failure);
                delivery.skipTo(events.get(to - 1).sequence());
                endAllAtLast();
            }
        }
    }

    /** Ends all streams that may lack an event. Nothing is delivered before that, however long memory is short. */
    private void endAllAtLast() {
        while (true) {
            try {
                clients.endAll(DisconnectReason.FAILED);
                return;
            } catch (Throwable failure) {
                FailureLog.error(LOG, "not all streams could be ended; the hub tries again", failure);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void wakeStale() {
        if (staleness.advance(delivery.delivered())) {
            clients.wakeStale();
        }
    }
}
