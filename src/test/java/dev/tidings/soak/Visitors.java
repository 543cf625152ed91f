package dev.tidings.soak;

import dev.tidings.testing.Crowd;
import dev.tidings.testing.Latencies;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * All clients of all hubs, and when they do what: some leave each second, and come back after a while with their last event id,
 * or are replaced by new ones. The slow ones stop reading now and then. Whose stream ends comes back soon.
 *
 * <p><b>Threads.</b> Clients are told what to do by the crowd's thread; any may ask.
 */
final class Visitors implements Crowd.Chore, AutoCloseable {

    /** In each second one client of so many leaves. */
    private static final int STAY_SECONDS = 250;

    /** One of so many that leave never comes back, and another one comes in its place. */
    private static final int REPLACED_SHARE = 4;

    /** One client of so many is slow. */
    private static final int SLOW_SHARE = 100;

    private static final long SHORTEST_ABSENCE = 500;
    private static final long LONGEST_ABSENCE = 10_000;
    private static final long RETRY = 2_000;
    private static final long SHORTEST_STALL = 5_000;

    /** Containers cut who reads nothing for 20 or 30 seconds. */
    private static final long LONGEST_STALL = 25_000;

    private static final long SHORTEST_READING = 5_000;
    private static final long LONGEST_READING = 20_000;

    private final List<SoakHub> hubs;
    private final Counts counts;
    private final Latencies latencies;
    private final Crowd crowd;
    private final AtomicReferenceArray<SoakClient> clients;
    private volatile boolean churning = true;

    // The crowd's thread's own.
    private final PriorityQueue<Due> agenda = new PriorityQueue<>(Comparator.comparingLong(Due::at));

    private record Due(long at, Runnable task) {}

    /** The clients of these hubs, none of whom has come yet. */
    Visitors(List<SoakHub> hubs, Counts counts, Latencies latencies) {
        this.hubs = hubs;
        this.counts = counts;
        this.latencies = latencies;
        this.clients = new AtomicReferenceArray<>(
                hubs.stream().mapToInt(SoakHub::clients).sum());
        this.crowd = new Crowd(hubs.get(0).node().uri());
    }

    /** Has all of them come, and some leave from then on. */
    void start() {
        int next = 0;
        for (SoakHub hub : hubs) {
            for (int number = 0; number < hub.clients(); number++) {
                clients.set(next++, client(hub, number));
            }
        }
        agenda.add(new Due(System.nanoTime(), this::begin));
        crowd.assign(this);
    }

    /** Has nobody leave or stall any more; who is away comes back. */
    void settle() {
        churning = false;
    }

    /** How many have a stream that has begun. */
    long open() {
        long open = 0;
        for (int i = 0; i < clients.length(); i++) {
            open += clients.get(i).isOpen() ? 1 : 0;
        }
        return open;
    }

    /** Those that have no stream that has begun. */
    List<String> absent() {
        var absent = new ArrayList<String>();
        for (int i = 0; i < clients.length(); i++) {
            SoakClient client = clients.get(i);
            if (!client.isOpen()) {
                absent.add(client.toString());
            }
        }
        return absent;
    }

    /** Those of a hub that have not got the last of what was published to them. */
    List<String> lacking(SoakHub hub, Published published) {
        var lacking = new ArrayList<String>();
        for (int i = 0; i < clients.length(); i++) {
            SoakClient client = clients.get(i);
            if (client.hub().equals(hub) && (!client.isOpen() || client.lacks(published))) {
                lacking.add(client.describe(published));
            }
        }
        return lacking;
    }

    /** What went wrong otherwise. */
    List<String> faults() {
        return crowd.faults();
    }

    @Override
    public long run() {
        long now = System.nanoTime();
        Due first = agenda.peek();
        while (first != null && first.at() - now <= 0) {
            agenda.remove();
            first.task().run();
            first = agenda.peek();
        }
        return first == null ? Long.MAX_VALUE : Math.max(TimeUnit.MILLISECONDS.toNanos(1), first.at() - now);
    }

    /** Ends all streams with a reset. */
    @Override
    public void close() {
        crowd.close();
    }

    private SoakClient client(SoakHub hub, int number) {
        return new SoakClient(hub, number, number % SLOW_SHARE == 0, counts, latencies, this::hasEnded);
    }

    private void begin() {
        for (int i = 0; i < clients.length(); i++) {
            SoakClient client = clients.get(i);
            come(client);
            if (client.isSlow()) {
                later(SHORTEST_READING, LONGEST_READING, () -> stall(client));
            }
        }
        churn();
    }

    private void come(SoakClient client) {
        client.comes();
        crowd.open(client.stream());
    }

    private void hasEnded(SoakClient client) {
        // What is stalled would not read the answer to its next request.
        crowd.goOn(List.of(client.stream()));
        later(RETRY, 2 * RETRY, () -> comeAgain(client));
    }

    private void comeAgain(SoakClient client) {
        counts.resumed.increment();
        come(client);
    }

    /** One leaves, and the next one after a while. */
    private void churn() {
        int any = ThreadLocalRandom.current().nextInt(clients.length());
        SoakClient client = clients.get(any);
        if (churning && client.isOpen() && !client.isSlow()) {
            client.leaves();
            crowd.cut(List.of(client.stream()));
            if (ThreadLocalRandom.current().nextInt(REPLACED_SHARE) == 0) {
                SoakClient another = client(client.hub(), client.number());
                clients.set(any, another);
                come(another);
            } else {
                later(SHORTEST_ABSENCE, LONGEST_ABSENCE, () -> comeAgain(client));
            }
        }
        long pause = TimeUnit.SECONDS.toMillis(STAY_SECONDS) / clients.length();
        later(pause, pause + 1, this::churn);
    }

    private void stall(SoakClient client) {
        if (churning && client.isOpen()) {
            crowd.stall(List.of(client.stream()));
        }
        later(SHORTEST_STALL, LONGEST_STALL, () -> goOn(client));
    }

    private void goOn(SoakClient client) {
        crowd.goOn(List.of(client.stream()));
        later(SHORTEST_READING, LONGEST_READING, () -> stall(client));
    }

    private void later(long least, long most, Runnable task) {
        long millis = ThreadLocalRandom.current().nextLong(least, most);
        agenda.add(new Due(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), task));
    }
}
