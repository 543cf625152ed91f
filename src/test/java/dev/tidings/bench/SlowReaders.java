package dev.tidings.bench;

import dev.tidings.bench.Target.Ability;
import java.util.List;
import java.util.Set;

/**
 * A tenth of the streams read nothing while events are published at a pace, then catch up. What is measured is how the
 * others fare meanwhile, and how long it takes those to catch up.
 */
record SlowReaders(int streams, int events, double perSecond) implements Scenario {

    private static final int BYTES = 4_096;
    private static final int WINDOW = 16;
    private static final int WARM_UP = 20;
    private static final int SLOW_SHARE = 10;

    /** So few that a server cannot get rid of what it has for them. */
    private static final int RECEIVE_BUFFER = 4_096;

    @Override
    public Set<Ability> needs() {
        return Set.of(Ability.SLOW_READERS);
    }

    @Override
    public Outcome run(Trial trial) {
        int all = trial.streams(streams);
        int some = Math.max(1, all / SLOW_SHARE);
        Group prompt = trial.open(Math.max(1, all - some), 0, i -> trial.channel());
        Group slow = trial.open(some, RECEIVE_BUFFER, i -> trial.channel());
        List<Group> both = List.of(prompt, slow);
        var script = new Broadcast(trial.target(), trial.channel(), BYTES);
        trial.publish(script, trial.events(WARM_UP), Pace.window(WINDOW), both, both);
        int count = trial.events(events);

        trial.crowd().stall(slow.streams());
        trial.meter().start();
        prompt.tally().measure(true);
        Pump pump = trial.publish(script, count, Pace.perSecond(perSecond), both, List.of(prompt));
        prompt.tally().measure(false);
        long wokenAt = System.nanoTime();
        slow.tally().measure(true);
        trial.crowd().goOn(slow.streams());
        trial.publish(script, 0, Pace.window(WINDOW), both, both);
        double catchUp = (slow.tally().lastAt() - wokenAt) / 1e9;
        long deliveries = (long) count * (prompt.size() + slow.size());
        Outcome outcome = new Outcome()
                .cpu(trial.meter(), deliveries)
                .rate(
                        Metric.DELIVERIES,
                        (long) count * prompt.size(),
                        prompt.tally().lastAt() - pump.began())
                .latencies(prompt.tally().latencies())
                .with(Metric.CATCH_UP, catchUp);

        trial.publish(script, 1, Pace.window(WINDOW), both, both);
        outcome.verify(prompt, script::published).verify(slow, script::published);
        trial.dismiss(script, 1);
        return outcome;
    }
}
