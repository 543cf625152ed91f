package dev.tidings.bench;

import dev.tidings.bench.Target.Ability;
import java.util.List;
import java.util.Set;

/**
 * A hub is stopped and started again. Then all streams come back at once to the new process, each after the last id it read, while publishing
 * goes on at a pace. What is measured is how long it takes from when the hub is ready until all streams follow, and how late
 * events are from then on, on a JVM that has only just begun to compile.
 *
 * @param channels how many channels the streams are divided among; an event goes to one channel
 * @param before how many events, for nobody, history holds before those
 * @param missed how many events each stream has missed
 * @param perSecond how many events are published, over all channels
 * @param seconds how long it measures each time once all follow: first on the young process, then on what is a little older
 */
record Cold(int streams, int channels, int before, int missed, double perSecond, int seconds) implements Scenario {

    private static final int PUBLISHERS = 10;
    private static final int BYTES = 100;
    private static final int BATCH = 1_000;
    private static final int WARM_UP = 2;

    @Override
    public Set<Ability> needs() {
        return Set.of(Ability.RESTART, Ability.RESUME, Ability.BATCH);
    }

    @Override
    public Outcome run(Trial trial) {
        int all = trial.streams(streams);
        int count = channelsFor(all, trial.events(WARM_UP * channels));
        try (RestartableHub hub = trial.target().restartable(trial.output())) {
            var group = new Group(hub, all - all % count, 0, stream -> trial.channel(stream % count));
            var script = new ChannelsInTurn(new Unicast(hub, count, trial::channel, PUBLISHERS, 1, BYTES), count);
            try (Trial earlier = trial.on(hub)) {
                miss(earlier, script, group);
            }
            long ready = hub.restart();
            try (Trial later = trial.on(hub)) {
                return comeBack(later, script, group, ready);
            }
        }
    }

    /**
     * How many channels there are for so many streams and so many events before they are cut: no more than there are streams, no more than get
     * an event each, and as many to each publisher.
     */
    int channelsFor(int all, int events) {
        int most = Math.min(channels, Math.min(all, Math.max(1, events / WARM_UP)));
        return most - (most > PUBLISHERS ? most % PUBLISHERS : 0);
    }

    private void miss(Trial trial, ChannelsInTurn script, Group group) {
        var nobody = new Unicast(trial.target(), 1, i -> trial.channel(script.count()), 1, BATCH, BYTES);
        trial.publish(nobody, trial.events(before), Pace.window(0), List.of(), List.of(trial.nobody()));
        trial.open(group);
        publishToEach(trial, script, WARM_UP, group, group);
        trial.crowd().cut(group.streams());
        publishToEach(trial, script, missed, group, trial.nobody());
    }

    /** Publishes so many events to each channel, or fewer if the plan allows no more, but the same number to all. */
    static void publishToEach(Trial trial, ChannelsInTurn script, int each, Group group, Group awaited) {
        int events = Math.max(1, trial.events(each * script.count()) / script.count()) * script.count();
        // One for each publisher at a time. Otherwise one that is answered sooner would publish more than others.
        for (int published = 0; published < events; published += script.publishers()) {
            trial.publish(script, script.publishers(), Pace.window(0), List.of(group), List.of(awaited));
        }
    }

    private Outcome comeBack(Trial trial, ChannelsInTurn script, Group group, long ready) {
        Pace pace = Pace.perSecond(perSecond);
        Pump pump = trial.begin(script, Integer.MAX_VALUE, pace, List.of(group), List.of(group));
        var following = new Following(group, script, pump, ready);
        trial.crowd().assign(following);
        group.streams().forEach(trial.crowd()::open);
        trial.await(following);
        trial.await(pump);
        Outcome outcome = new Outcome()
                .seconds(Metric.OPENED, following.openedAt() - ready)
                .seconds(Metric.FOLLOWING, following.endedAt() - ready)
                .percentiles(Metric.FOLLOW_P50, Metric.FOLLOW_P99, following.waits());

        int count = trial.events((int) (perSecond * seconds));
        measure(trial, script, count, pace, group);
        outcome.percentiles(Metric.FIRST_P50, Metric.FIRST_P99, group.tally().latencies());
        measure(trial, script, count, pace, group);
        outcome.latencies(group.tally().latencies());
        publishToEach(trial, script, 1, group, group);
        return outcome.verify(group, script::published);
    }

    private static void measure(Trial trial, Script script, int count, Pace pace, Group group) {
        group.tally().measure(true);
        trial.publish(script, count, pace, group);
        group.tally().measure(false);
    }
}
