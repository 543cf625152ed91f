package dev.tidings.bench;

import dev.tidings.bench.Target.Ability;
import java.util.List;
import java.util.Set;

/**
 * Streams are cut, and miss events; then all of them come back at once, each after the last id it read. Others were never cut,
 * and are sent events at a pace meanwhile, on a channel of their own. What is measured is how fast those that come back are
 * sent what they missed, and how the others fare. The others are read by a thread of their own, since a reader that is busy with
 * a million events would measure itself.
 *
 * @param before how many events, for nobody, history holds before those
 * @param events how many go to the others
 */
record Resume(int streams, int before, int missed, int events, double perSecond) implements Scenario {

    private static final int LIVE = 100;
    private static final int OTHERS = 1;
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
        try (Trial beside = trial.on(trial.target())) {
            return run(trial, beside);
        }
    }

    private Outcome run(Trial trial, Trial beside) {
        var others = new Broadcast(trial.target(), trial.channel(OTHERS), BYTES);
        Group live = beside.open(trial.streams(LIVE), 0, i -> trial.channel(OTHERS));
        var script = new Broadcast(trial.target(), trial.channel(), BYTES);
        Group cut = trial.open(trial.streams(streams), 0, i -> trial.channel());
        var nobody = new Unicast(trial.target(), 1, i -> trial.channel(i), 1, BATCH, BYTES);
        trial.publish(nobody, trial.events(before), Pace.window(0), List.of(), List.of(trial.nobody()));
        beside.publish(others, trial.events(WARM_UP), Pace.window(WINDOW), live);
        trial.publish(script, trial.events(WARM_UP), Pace.window(WINDOW), cut);

        trial.crowd().cut(cut.streams());
        trial.publish(script, trial.events(missed), Pace.window(0), List.of(cut), List.of(trial.nobody()));
        // When these have come, the server has done with what was missed, which it may have offered to streams that
        // were cut.
        beside.publish(others, 1, Pace.window(WINDOW), live);
        int count = trial.events(events);
        cut.tally().watchBelow(script.published(0));
        live.tally().measure(true);
        trial.meter().start();
        Pump pump = beside.begin(others, count, Pace.perSecond(perSecond), List.of(live), List.of(live));
        long cameBack = System.nanoTime();
        cut.streams().forEach(trial.crowd()::open);
        // Nothing more: it waits until they have what they missed.
        trial.publish(script, 0, Pace.window(0), cut);
        beside.await(pump);
        live.tally().measure(false);
        long replayed = cut.tally().early();
        Outcome outcome = new Outcome()
                .cpu(trial.meter(), replayed + (long) count * live.size())
                .rate(Metric.REPLAYED, replayed, cut.tally().earlyAt() - cameBack)
                .latencies(live.tally().latencies());

        beside.publish(others, 1, Pace.window(WINDOW), live);
        trial.publish(script, 1, Pace.window(WINDOW), cut);
        outcome.verify(live, others::published).verify(cut, script::published);
        beside.dismiss(others, 1);
        trial.dismiss(script, 1);
        return outcome;
    }
}
