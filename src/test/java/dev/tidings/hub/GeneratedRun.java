package dev.tidings.hub;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
import dev.tidings.log.Retention;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One run of a {@link GeneratedHistory}: does the steps with a real hub and log, and compares with a model of them. Over
 * 300 lines, since every step changes both the hub and its model.
 */
final class GeneratedRun implements AutoCloseable {

    private static final int OUTBOX = 5;
    private static final int PAGE = 7;

    /** How many of the newest events somebody begins with, and since when. */
    private static final int LAST = 3;

    private static final Duration RECENTLY = Duration.ofMinutes(20);

    /** What a client knows: its stream, and the ids it saw. */
    private static final class Client {
        @Nullable
        RecordingSink sink;

        long read;
        boolean begun;
        String lastSeen = "nothing yet";

        /** What it asked for, by the sequence number after which it holds. */
        final TreeMap<Long, Subscription> asked = new TreeMap<>();

        /** Up to here it gets only what is the newest of its topic. */
        long chosenUpTo;

        final Set<Long> chosen = new HashSet<>();

        /** Whether an event is for it: asked for at its sequence number, and covered by its grant then and now. */
        boolean wants(Event event) {
            return (event.sequence() > chosenUpTo || chosen.contains(event.sequence()))
                    && asked.lowerEntry(event.sequence()).getValue().wants(event)
                    && asked.lastEntry().getValue().covers(event);
        }
    }

    private final ManualClock clock = new ManualClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final GeneratedHistory.Restartable source;
    private final Map<Integer, Client> clients = new HashMap<>();

    /** Every event ever published to the log that is open, by its sequence number: sequence number 1 is the first. */
    private final List<Event> published = new ArrayList<>();

    private final Retention retention;
    private EventLog log;
    private Hub hub;
    private HoldingSink holder;

    /** Whether a run is on its way, so that not all that is published can have been delivered. */
    private boolean underWay;

    GeneratedRun(GeneratedHistory.Restartable source) {
        this.source = source;
        retention = new Retention(40, Duration.ofMinutes(60), source.mostBytes(), SelectorSet.of(List.of()));
        log = source.open(retention, clock);
        hub = hub();
        holder = HoldingSink.subscribe(hub, "*");
    }

    private Hub hub() {
        var opened = new Hub(log, OUTBOX, 1 << 20, clock);
        Eventually.holds("the log is there", () -> log.fault() == null);
        return opened;
    }

    void take(Step step) {
        if (step instanceof Step.Publish publish) {
            publish(publish);
            awaitDelivery();
        } else if (step instanceof Step.PublishMeanwhile publish) {
            holder.hold();
            publish(publish.publish());
            holder.awaitHeld();
            underWay = true;
            publish.meanwhile().forEach(this::take);
            underWay = false;
            holder.letGo();
            awaitDelivery();
        } else if (step instanceof Step.Open open) {
            open(open);
        } else if (step instanceof Step.Read read) {
            read(client(read.client()), read.count());
        } else if (step instanceof Step.Change change) {
            change(client(change.client()), subscription -> changed(subscription, change));
        } else if (step instanceof Step.Regrant regrant) {
            SelectorSet granted = SelectorSet.parse(regrant.granted() ? List.of("/users/{x}") : List.of());
            change(client(regrant.client()), subscription -> subscription.withGranted(granted));
        } else if (step instanceof Step.Leave leave) {
            leave(client(leave.client()));
        } else if (step instanceof Step.Wait wait) {
            clock.advance(Duration.ofMinutes(wait.minutes()));
        } else {
            restart();
        }
    }

    /** Has every client read all there is, and every event that is held be read once more. */
    void finish() {
        clients.values().forEach(client -> read(client, Integer.MAX_VALUE));
        var last = new Client();
        clients.put(-1, last);
        open(last, new Step.Open(-1, "*", true, Step.From.EARLIEST));
        read(last, Integer.MAX_VALUE);
    }

    private void publish(Step.Publish step) {
        String id = step.id() == 8 ? null : "publisher-" + step.id();
        String data = "x".repeat(step.length());
        var request = new PublishRequest(List.of(step.topic()), null, data, id, null, false);
        published.addAll(hub.publish(Collections.nCopies(step.count(), request)));
        assertThat(log.end().sequence()).isEqualTo(published.size());
    }

    private void awaitDelivery() {
        Eventually.holds("all is delivered", () -> hub.delivered() == log.end().sequence());
    }

    private void open(Step.Open step) {
        Client client = client(step.client());
        leave(client);
        open(client, step);
    }

    private void open(Client client, Step.Open step) {
        String from = switch (step.from()) {
            case NOW -> null;
            case LAST_SEEN -> client.lastSeen;
            case EARLIEST -> Position.EARLIEST;
            case PUBLISHERS_ID -> "publisher-" + step.client();
            case UNKNOWN -> "unknown";
            case SINCE, LAST, LATEST -> null;
        };
        StartRequest request = switch (step.from()) {
            case SINCE -> new StartRequest.Since(clock.instant().minus(RECENTLY));
            case LAST -> new StartRequest.Last(LAST);
            case LATEST -> new StartRequest.Latest();
            default -> StartRequest.after(from);
        };
        RecordingSink sink = RecordingSink.beginning(
                hub, request, step.granted() ? List.of("/users/{x}") : List.of(), step.selector());
        StartingPoint start = sink.subscriber().start();
        client.chosen.clear();
        client.chosenUpTo = 0;
        Long known = from == null
                ? Long.valueOf(begins(client, request, sink.subscriber().subscription()))
                : find(from);
        assertThat(start.after().sequence()).as("where %s begins", from).isEqualTo(known == null ? held() : known);
        assertThat(start.gap() != null)
                .as("a gap at %s", from)
                .isEqualTo(known == null && !Position.EARLIEST.equals(from));
        client.sink = sink;
        client.asked.clear();
        client.asked.put(-1L, sink.subscriber().subscription());
        client.read = start.after().sequence();
        client.begun = request instanceof StartRequest.Now
                || (request instanceof StartRequest.After && !Position.EARLIEST.equals(start.lastEventId()));
        client.lastSeen = start.primed();
    }

    /** The sequence number after which the model begins. Notes what it has chosen. */
    private long begins(Client client, StartRequest request, Subscription subscription) {
        long before = published.size();
        var topics = new HashSet<String>();
        int found = 0;
        for (long sequence = published.size(); sequence > held(); sequence--) {
            Event event = at(sequence);
            boolean taken = false;
            if (request instanceof StartRequest.Since since) {
                taken = !event.time().isBefore(since.time());
            } else if (request instanceof StartRequest.Last last) {
                taken = subscription.wants(event) && found++ < last.events();
            } else if (request instanceof StartRequest.Latest) {
                taken = subscription.wants(event) && topics.add(event.topics().get(0));
            }
            before = taken ? sequence - 1 : before;
            if (taken && request instanceof StartRequest.Latest) {
                client.chosen.add(sequence);
                // Up to the newest that is chosen. What comes after it is for the client only once it asks for
                // something else.
                client.chosenUpTo = Math.max(client.chosenUpTo, sequence);
            }
        }
        return before;
    }

    private void change(Client client, UnaryOperator<Subscription> change) {
        if (client.sink != null) {
            Subscriber subscriber = client.sink.subscriber();
            Position after = subscriber.change(change);
            if (underWay) {
                assertThat(after.sequence()).isBetween(hub.delivered() + 1, (long) published.size());
            } else {
                assertThat(after.sequence()).isEqualTo(published.size());
            }
            client.asked.put(after.sequence(), subscriber.subscription());
        }
    }

    private static Subscription changed(Subscription subscription, Step.Change change) {
        var topics = new ArrayList<>(subscription.topics().selectors());
        TopicSelector selector = TopicSelector.of(change.selector());
        if (change.more()) {
            topics.add(selector);
        } else {
            topics.remove(selector);
        }
        return subscription.withTopics(SelectorSet.of(topics));
    }

    /** Reads events until there are enough or none is left, and compares each with the one the model has next. */
    private void read(Client client, int count) {
        RecordingSink sink = client.sink;
        if (sink == null) {
            return;
        }
        Subscriber subscriber = sink.subscriber();
        int wanted = count;
        while (wanted > 0) {
            List<Event> events = subscriber.next(Math.min(wanted, PAGE), 2_000);
            if (subscriber.ended() != null) {
                assertThat(subscriber.ended()).isEqualTo(DisconnectReason.SLOW);
                assertThat(held()).as("history has moved past it").isGreaterThan(client.read);
                client.sink = null;
                return;
            }
            begin(client, events);
            for (Event event : events) {
                Event next = next(client, client.read);
                assertSame(event, next);
                client.read = event.sequence();
                client.lastSeen = event.id();
            }
            wanted -= events.size();
            if (events.isEmpty() && !subscriber.replaying()) {
                reach(client, subscriber);
                return;
            }
        }
    }

    /** Nothing is left for a client now. What it was not given up to here it never gets, whatever it may have later. */
    private void reach(Client client, Subscriber subscriber) {
        Position reached = subscriber.reached();
        if (underWay) {
            assertThat(reached.sequence()).isBetween(hub.delivered(), (long) published.size());
        } else {
            assertThat(reached.sequence()).isEqualTo(published.size());
            assertThat(subscriber.caughtUp()).as("that it has all").isNotNull();
        }
        assertThat(next(client, client.read, reached.sequence()))
                .as("an event that was left out")
                .isNull();
        client.read = reached.sequence();
        client.lastSeen = reached.toString();
    }

    /** Who begins with what is held begins with what is held at its first read. */
    private void begin(Client client, List<Event> events) {
        Event first = events.isEmpty() ? null : events.get(0);
        Event next = next(client, client.read);
        if (!client.begun && (first == null ? next != null : next == null || first.sequence() != next.sequence())) {
            client.read = Math.max(client.read, held());
        }
        client.begun |= first != null;
    }

    private static void assertSame(Event event, @Nullable Event expected) {
        assertThat(expected)
                .as("the event that the model has instead of %s", event)
                .isNotNull();
        assertThat(event.position()).isEqualTo(requireNonNull(expected).position());
        assertThat(event.id()).isEqualTo(expected.id());
        assertThat(event.frame()).isEqualTo(expected.frame());
    }

    private void leave(Client client) {
        if (client.sink != null) {
            client.sink.subscriber().end(DisconnectReason.CLOSED);
            client.sink = null;
        }
    }

    private void restart() {
        clients.values().forEach(this::leave);
        log.close();
        if (!source.survives()) {
            published.clear();
        }
        log = source.open(retention, clock);
        hub = hub();
        holder = HoldingSink.subscribe(hub, "*");
    }

    private Client client(int number) {
        return clients.computeIfAbsent(number, n -> new Client());
    }

    // The model.

    /** The first event after a sequence number that is for this client. */
    private @Nullable Event next(Client client, long after) {
        return next(client, after, published.size());
    }

    /** The first event after a sequence number, and not after the other, that is for this client. */
    private @Nullable Event next(Client client, long after, long last) {
        for (long next = after + 1; next <= last; next++) {
            if (client.wants(at(next))) {
                return at(next);
            }
        }
        return null;
    }

    /** The sequence number of this id: a position, or the first event held that has it. Null when it is not known or not held. */
    private @Nullable Long find(String id) {
        for (long sequence = held(); sequence <= published.size(); sequence++) {
            boolean position = log.start().at(sequence).toString().equals(id);
            if (position || (sequence > held() && at(sequence).id().equals(id))) {
                return sequence;
            }
        }
        return null;
    }

    /** The sequence number before the oldest event that retention lets history hold. */
    private long held() {
        long sequence = published.size();
        long bytes = 0;
        Instant oldest = clock.instant().minus(retention.age());
        while (sequence > 0
                && published.size() - sequence < retention.events()
                && ((bytes += at(sequence).textSize()) <= retention.bytes() || sequence == published.size())
                && !at(sequence).time().isBefore(oldest)) {
            sequence--;
        }
        return Collections.max(List.of(sequence, 0L));
    }

    private Event at(long sequence) {
        return published.get((int) sequence - 1);
    }

    @Override
    public void close() {
        // After a failure in the middle of a run, or the log would wait for it.
        holder.letGo();
        log.close();
    }
}
