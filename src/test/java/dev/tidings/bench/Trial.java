package dev.tidings.bench;

import dev.tidings.testing.Crowd;
import dev.tidings.testing.CrowdPublisher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run of one scenario on one server: its streams, and what is published to them.
 *
 * <p>Its channels are its own, so that nothing reaches it from another trial. It ends by itself when nothing comes any
 * more, or it takes too long.
 *
 * <p><b>Threads.</b> One; its crowd has another.
 */
final class Trial implements AutoCloseable {

    private static final int WARM_UP_SHARE = 10;
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final int FAREWELLS = 3;
    private static final long FAREWELL_NANOS = 300_000_000;

    private final Target target;
    private final Plan plan;
    private final String word;
    private final List<CrowdPublisher> publishers = new ArrayList<>();
    private final Meter meter;
    private final List<Group> groups = new ArrayList<>();
    private @Nullable Crowd crowd;
    private @Nullable Script script;
    private List<Group> listening = List.of();

    Trial(Target target, Plan plan) {
        this(target, plan, "b" + UUID.randomUUID().toString().replace("-", ""));
    }

    private Trial(Target target, Plan plan, String word) {
        this.word = word;
        this.target = target;
        this.plan = plan;
        this.meter = new Meter(target.process());
    }

    /** A part of this one, with the same channels, on another server or with a crowd of its own. */
    Trial on(Target other) {
        return new Trial(other, plan, word);
    }

    Target target() {
        return target;
    }

    /** What counts what the server spends. */
    Meter meter() {
        return meter;
    }

    /** Its streams and publishers; there is none until the first is wanted. */
    Crowd crowd() {
        if (crowd == null) {
            crowd = new Crowd(target.uri());
        }
        return crowd;
    }

    /** So many streams, or fewer if the plan allows no more. */
    int streams(int wanted) {
        return Math.min(wanted, plan.maxStreams());
    }

    /** How many of so many streams are opened before those that count. */
    static int warmUpOf(int streams) {
        return Math.max(1, streams / WARM_UP_SHARE);
    }

    /** So many events, or fewer if the plan allows no more. */
    int events(int wanted) {
        return Math.min(wanted, plan.maxEvents());
    }

    /** The directory for what it has to write. */
    Path output() {
        return plan.output();
    }

    /** The name of its only channel. */
    String channel() {
        return word;
    }

    /** The name of one of many channels. */
    String channel(int index) {
        return word + "x" + index;
    }

    /** A group without streams, to publish to. */
    Group nobody() {
        return new Group(target, 0, 0, this::channel);
    }

    /** Opens so many streams and waits until they are open. */
    Group open(int count, int receiveBuffer, IntFunction<String> channels) {
        var group = new Group(target, count, receiveBuffer, channels);
        open(group);
        return group;
    }

    /** Opens streams that are not open, or no more, and waits for them; returns how many nanoseconds it took. */
    long open(Group group) {
        groups.add(group);
        var opening = new Opening(group.streams());
        crowd().assign(opening);
        group.streams().forEach(crowd()::open);
        await(opening::await, opening::opened, "streams to open");
        return opening.nanos();
    }

    /** Publishes so many events and waits until these groups have been sent all they are to be sent. */
    Pump publish(Script script, int count, Pace pace, List<Group> listening, List<Group> awaited) {
        Pump pump = begin(script, count, pace, listening, awaited);
        await(pump);
        return pump;
    }

    /** The same where whoever listens is awaited. */
    Pump publish(Script script, int count, Pace pace, Group group) {
        return publish(script, count, pace, List.of(group), List.of(group));
    }

    /** Begins to publish. */
    Pump begin(Script script, int count, Pace pace, List<Group> listening, List<Group> awaited) {
        this.script = script;
        this.listening = listening;
        while (publishers.size() < script.publishers()) {
            var publisher = new CrowdPublisher(crowd());
            publishers.add(publisher);
            crowd().open(publisher);
        }
        listening.forEach(group -> group.expect(count * script.deliveries(group)));
        var pump = new Pump(script, count, pace, publishers, awaited);
        crowd().assign(pump);
        return pump;
    }

    /**
     * Cuts all streams and publishes so many events that nobody reads, some times: many a server notices that a stream
     * is cut only when it writes to it for the second time, and those that are left would burden the trials to come.
     */
    void dismiss(Script farewell, int count) {
        groups.forEach(group -> crowd().cut(group.streams()));
        for (int i = 0; i < FAREWELLS; i++) {
            publish(farewell, count, Pace.window(0), nobody());
            // So that these are not written together.
            LockSupport.parkNanos(FAREWELL_NANOS);
        }
    }

    /** Does nothing but read for as long as the plan says. */
    void rest() {
        rest(plan.rest());
    }

    /** Does nothing but read for five seconds, or as long as the plan says if that is less, so that what was begun is over. */
    void settle() {
        rest(plan.rest().compareTo(SETTLING) < 0 ? plan.rest() : SETTLING);
    }

    private void rest(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        await(
                millis -> {
                    LockSupport.parkNanos(Math.min(TimeUnit.MILLISECONDS.toNanos(millis), end - System.nanoTime()));
                    return System.nanoTime() >= end;
                },
                System::nanoTime,
                "time to pass");
    }

    /** Waits until all streams that come back follow. */
    void await(Following following) {
        await(following::await, following::progress, "streams to follow");
    }

    /** Waits until a pump is done. */
    void await(Pump pump) {
        await(pump::await, pump::progress, "events to be delivered");
    }

    private void await(Patience.Wait wait, LongSupplier progress, String what) {
        new Patience(plan.patience())
                .await(wait, progress, crowd()::faults, () -> "no progress while waiting for " + what + lacking());
    }

    /** What the streams have not got, or got wrongly, of what was published so far; ends the trial. */
    private String lacking() {
        close();
        Script published = script;
        return published == null
                ? ""
                : listening.stream()
                        .flatMap(group -> group.faults(published::published).stream())
                        .collect(Collectors.joining("; ", ": ", ""));
    }

    /** Ends all its connections. */
    @Override
    public void close() {
        if (crowd != null) {
            crowd.close();
        }
    }
}
