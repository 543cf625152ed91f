package dev.tidings.bench;

import dev.tidings.bench.Target.Ability;
import dev.tidings.testing.Latencies;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A hub is stopped and started again, and all streams come back at once to the new process, each after the last id it read, while publishing
 * goes on at a pace. What is measured is how long it takes from when the hub is ready until all follow again, and how late
 * events are from then on, on a JVM that has only just begun to compile.
 *
 * @param perChannel how many streams an event goes to
 * @param before how many events, for nobody, history holds before those
 * @param missed how many events each stream has missed
 * @param perSecond how many events are published, over all channels
 * @param seconds how long it looks each time once all follow: first on the young process, then on what is a little older
 */
record Cold(int streams, int perChannel, int before, int missed, double perSecond, int seconds) implements Scenario {

    private static final int PUBLISHERS = 8;
    private static final int BYTES = 100;
    private static final int BATCH = 1_000;
    private static final int WARM_UP = 2;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MEDIAN = 0.5;
    private static final double ALMOST_ALL = 0.99;

    @Override
    public Set<Ability> needs() {
        return Set.of(Ability.RESTART, Ability.RESUME, Ability.BATCH);
    }

    @Override
    public Outcome run(Trial trial) {
        int all = trial.streams(streams);
        int each = Math.min(perChannel, all);
        int channels = all / each;
        try (RestartableHub hub = trial.target().restartable(trial.output())) {
            var group = new Group(hub, channels * each, 0, stream -> trial.channel(stream % channels));
            var script = new Multicast(new Unicast(hub, channels, trial::channel, PUBLISHERS, 1, BYTES), channels);
            try (Trial earlier = trial.on(hub)) {
                miss(earlier, script, group);
            }
            long ready = hub.restart();
            try (Trial later = trial.on(hub)) {
                return comeBack(later, script, group, ready);
            }
        }
    }

    private void miss(Trial trial, Multicast script, Group group) {
        var nobody = new Unicast(trial.target(), 1, i -> trial.channel(script.count()), 1, BATCH, BYTES);
        trial.publish(nobody, trial.events(before), Pace.window(0), List.of(), List.of(trial.nobody()));
        trial.open(group);
        trial.publish(script, trial.events(WARM_UP * script.count()), Pace.perSecond(perSecond), group);
        trial.crowd().cut(group.streams());
        int lost = trial.events(missed * script.count());
        trial.publish(script, lost, Pace.window(0), List.of(group), List.of(trial.nobody()));
    }

    private Outcome comeBack(Trial trial, Multicast script, Group group, long ready) {
        Pace pace = Pace.perSecond(perSecond);
        Pump pump = trial.begin(script, Integer.MAX_VALUE, pace, List.of(group), List.of(group));
        var following = new Following(group, script, pump);
        trial.crowd().assign(following);
        group.streams().forEach(trial.crowd()::open);
        trial.await(following);
        trial.await(pump);

        int count = trial.events((int) (perSecond * seconds));
        Latencies first = latencies(trial, script, count, pace, group);
        Outcome outcome = new Outcome()
                .note(String.format(
                        Locale.ROOT, "all were open after %.2f s", (following.openedAt() - ready) / NANOS_PER_SECOND))
                .with(Metric.FOLLOWING, (following.endedAt() - ready) / NANOS_PER_SECOND)
                .with(Metric.FIRST_P50, first.millis(MEDIAN))
                .with(Metric.FIRST_P99, first.millis(ALMOST_ALL))
                .latencies(latencies(trial, script, count, pace, group));
        trial.publish(script, script.count(), pace, group);
        return outcome.verify(group, script::published);
    }

    private static Latencies latencies(Trial trial, Script script, int count, Pace pace, Group group) {
        group.tally().measure(true);
        trial.publish(script, count, pace, group);
        group.tally().measure(false);
        var latencies = new Latencies();
        latencies.add(group.tally().latencies());
        return latencies;
    }
}
