package dev.tidings.bench;

import dev.tidings.bench.Target.Ability;
import java.util.Set;

/** Each event goes to one of many streams, in a request of its own or with others; some before that, uncounted. */
record ToOne(int streams, int publishers, int batch, int warmUp, int events) implements Scenario {

    private static final int BYTES = 100;

    /** So many requests' worth of events may be under way from each connection. */
    private static final int REQUESTS_UNDER_WAY = 8;

    @Override
    public Set<Ability> needs() {
        return batch == 1 ? Set.of() : Set.of(Ability.BATCH);
    }

    @Override
    public Outcome run(Trial trial) {
        Group group = trial.open(trial.streams(streams), 0, trial::channel);
        var script = new Unicast(trial.target(), group.size(), trial::channel, publishers, batch, BYTES);
        Pace pace = Pace.window(REQUESTS_UNDER_WAY * script.publishers() * batch);
        trial.publish(script, trial.events(warmUp), pace, group);
        int count = trial.events(events);

        trial.meter().start();
        group.tally().measure(true);
        Pump pump = trial.publish(script, count, pace, group);
        group.tally().measure(false);
        Outcome outcome = new Outcome()
                .cpu(trial.meter(), count)
                .rate(Metric.DELIVERIES, count, group.tally().lastAt() - pump.began())
                .latencies(group.tally().latencies())
                .verify(group, script::published);
        trial.dismiss(Unicast.inTurn(trial.target(), group.size(), trial::channel), group.size());
        return outcome;
    }
}
