package dev.tidings.bench;

/**
 * Every event goes to all streams, at a pace; some before that, uncounted, and one after it, so that nothing that comes
 * again is overlooked.
 */
record ToAll(int streams, int warmUp, int events, Pace pace) implements Scenario {

    private static final int BYTES = 100;
    private static final int WINDOW = 16;

    /** As fast as they are delivered. */
    static ToAll burst(int streams, int warmUp, int events) {
        return new ToAll(streams, warmUp, events, Pace.window(WINDOW));
    }

    /** So many a second. */
    static ToAll paced(int streams, int events, double perSecond) {
        return new ToAll(streams, WINDOW, events, Pace.perSecond(perSecond));
    }

    @Override
    public Outcome run(Trial trial) {
        Group group = trial.open(trial.streams(streams), 0, i -> trial.channel());
        var script = new Broadcast(trial.target(), trial.channel(), BYTES);
        trial.publish(script, trial.events(warmUp), Pace.window(WINDOW), group);
        int count = trial.events(events);
        long deliveries = (long) count * group.size();

        trial.meter().start();
        group.tally().measure(true);
        Pump pump = trial.publish(script, count, pace, group);
        group.tally().measure(false);
        Outcome outcome = new Outcome()
                .cpu(trial.meter(), deliveries)
                .rate(Metric.DELIVERIES, deliveries, group.tally().lastAt() - pump.began())
                .latencies(group.tally().latencies());

        trial.publish(script, 1, pace, group);
        outcome.verify(group, script::published);
        trial.dismiss(script, 1);
        return outcome;
    }
}
