package dev.tidings.bench;

import dev.tidings.bench.Target.Ability;
import java.util.List;
import java.util.Set;

/**
 * Most streams are cut, and miss events; then all of them come back at once, each after the last id it read, while
 * publishing goes on at a pace. What is measured is how fast they are sent what they missed, and how those fare
 * meanwhile that were never cut.
 *
 * @param before how many events, for nobody, history holds before those
 */
record Resume(int streams, int before, int missed, int events, double perSecond) implements Scenario {

    private static final int LIVE = 100;
    private static final int BYTES = 100;
    private static final int BATCH = 1_000;
    private static final int WINDOW = 16;
    private static final int WARM_UP = 20;

    @Override
    public Set<Ability> needs() {
        return before == 0 ? Set.of(Ability.RESUME) : Set.of(Ability.RESUME, Ability.BATCH);
    }

    @Override
    public Outcome run(Trial trial) {
        Group live = trial.open(trial.streams(LIVE), 0, i -> trial.channel());
        Group cut = trial.open(trial.streams(streams), 0, i -> trial.channel());
        List<Group> both = List.of(live, cut);
        var nobody = new Unicast(trial.target(), 1, i -> trial.channel(i), 1, BATCH, BYTES);
        trial.publish(nobody, trial.events(before), Pace.window(0), List.of(), List.of(trial.nobody()));
        var script = new Broadcast(trial.target(), trial.channel(), BYTES);
        trial.publish(script, trial.events(WARM_UP), Pace.window(WINDOW), both, both);

        trial.crowd().cut(cut.streams());
        int lost = trial.events(missed);
        trial.publish(script, lost, Pace.window(WINDOW), both, List.of(live));
        int count = trial.events(events);
        cut.tally().watchBelow(script.published(0));
        live.tally().measure(true);
        trial.meter().start();
        Pump pump = trial.begin(script, count, Pace.perSecond(perSecond), both, both);
        long cameBack = System.nanoTime();
        cut.streams().forEach(trial.crowd()::open);
        trial.await(pump);
        live.tally().measure(false);
        long replayed = cut.tally().early();
        Outcome outcome = new Outcome()
                .cpu(trial.meter(), replayed + (long) count * (live.size() + cut.size()))
                .rate(Metric.REPLAYED, replayed, cut.tally().earlyAt() - cameBack)
                .latencies(live.tally().latencies());

        trial.publish(script, 1, Pace.window(WINDOW), both, both);
        outcome.verify(live, script::published).verify(cut, script::published);
        trial.dismiss(script, 1);
        return outcome;
    }
}
