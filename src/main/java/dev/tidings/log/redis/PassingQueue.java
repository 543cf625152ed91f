package dev.tidings.log.redis;

import dev.tidings.event.PublishRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The passing events and commands of this node that are not in Redis yet.
 *
 * <p>Whoever adds one never waits. While Redis is away, this node's own subscribers get the events at once
 * ({@link #deliverHere}), and the other nodes when it is back. There is a bound. The other nodes are told that something was
 * dropped, and so is this one if its subscribers have not had it.
 *
 * <p><b>Threads.</b> Any.
 */
final class PassingQueue {

    /** Names the entry that says that something is missed, also by the subscribers of the node that has written it. */
    private static final String MISSED_EVERYWHERE = "";

    private static final int MOST_EVENTS = 10_000;
    private static final long MOST_BYTES = 16L << 20;
    private static final int MOST_NAMES = 2 * MOST_EVENTS;

    /** How many are sent at once, and how many bytes. */
    private static final int CALL_EVENTS = 1_000;

    private static final long CALL_BYTES = 4L << 20;

    private final String writer;
    private final Deque<PassingEvent> waiting = new ArrayDeque<>();

    /** The names of those that this node's subscribers have had already, and that may still be read. */
    private final Set<String> deliveredHere = new LinkedHashSet<>();

    /** What was taken to be sent, until it is known to be in Redis. */
    private List<PassingEvent> underWay = List.of();

    private long bytes;
    private long numbers;
    private boolean dropped;

    /** Whether this node's subscribers have not had all that was dropped. */
    private boolean missedHere;

    /** @param writer names this node among all that write */
    PassingQueue(String writer) {
        this.writer = writer;
    }

    synchronized void add(PublishRequest request) {
        add(PassingEvent.event(name(), request));
    }

    synchronized void addCommand(byte[] command) {
        add(PassingEvent.command(name(), command));
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty() && !dropped;
    }

    /** Takes what is sent next. It is under way until {@link #sent} or {@link #lost}. */
    synchronized List<PassingEvent> take() {
        var taken = new ArrayList<PassingEvent>();
        long size = 0;
        while (!waiting.isEmpty() && taken.size() < CALL_EVENTS && size < CALL_BYTES) {
            PassingEvent next = waiting.remove();
            bytes -= next.bytes().length;
            size += next.bytes().length;
            taken.add(next);
        }
        if (dropped) {
            taken.add(PassingEvent.missed(missedHere ? MISSED_EVERYWHERE : name()));
            dropped = false;
            missedHere = false;
        }
        underWay = taken;
        return taken;
    }

    /** What was taken is in Redis. */
    synchronized void sent() {
        underWay = List.of();
    }

    /** Nobody knows whether what was taken is in Redis, and it is not sent again. */
    synchronized void lost() {
        underWay.forEach(event -> drop(event, deliveredHere.contains(event.name())));
        underWay = List.of();
    }

    /** Redis has refused what was taken. This node's subscribers get the events that they have not had yet. */
    synchronized void refused(Consumer<PublishRequest> subscribers) {
        underWay.forEach(event -> deliverHere(event, subscribers));
        underWay.forEach(event -> drop(event, deliveredHere.remove(event.name())));
        underWay = List.of();
    }

    /** Gives this node's subscribers the events that they have not had yet, since Redis does not bring them. */
    synchronized void deliverHere(Consumer<PublishRequest> subscribers) {
        underWay.forEach(event -> deliverHere(event, subscribers));
        waiting.forEach(event -> deliverHere(event, subscribers));
    }

    private void deliverHere(PassingEvent event, Consumer<PublishRequest> subscribers) {
        PublishRequest request = event.request();
        if (request != null && deliveredHere.add(event.name())) {
            subscribers.accept(request);
            if (deliveredHere.size() > MOST_NAMES) {
                // Most likely it was lost on the way, and is never read.
                deliveredHere.remove(deliveredHere.iterator().next());
            }
        }
    }

    /** Whether this node's subscribers have had the event of this name. Asked once for each, when it is read. */
    synchronized boolean wasDeliveredHere(String name) {
        return deliveredHere.remove(name);
    }

    /** Whether the entry of this name, which says that passing events are missed, says so of this node's subscribers, too. */
    boolean isMissedHere(String name) {
        return !name.startsWith(writer + ' ');
    }

    private String name() {
        return writer + ' ' + numbers++;
    }

    private void add(PassingEvent event) {
        waiting.add(event);
        bytes += event.bytes().length;
        while (waiting.size() > MOST_EVENTS || (bytes > MOST_BYTES && waiting.size() > 1)) {
            PassingEvent oldest = waiting.remove();
            bytes -= oldest.bytes().length;
            drop(oldest, deliveredHere.remove(oldest.name()));
        }
    }

    private void drop(PassingEvent event, boolean wasDeliveredHere) {
        dropped = true;
        missedHere |= event.request() == null ? isMissedHere(event.name()) : !wasDeliveredHere;
    }
}
