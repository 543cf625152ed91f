package dev.tidings.bench;

/**
 * Streams are open, each of a channel of its own, and nothing is published. What is measured is the memory that each takes, and what the
 * server spends on it meanwhile. At the end each gets an event, which shows that it was open.
 */
record Idle(int streams) implements Scenario {

    private static final int WARM_UP_SHARE = 10;
    private static final int WINDOW = 64;

    @Override
    public Outcome run(Trial trial) {
        int count = trial.streams(streams);
        // So that what a server makes only once is made before.
        Group first = trial.open(Math.max(1, count / WARM_UP_SHARE), 0, trial::channel);
        trial.crowd().cut(first.streams());
        farewell(trial, first.size());

        Footprint before = Footprint.of(trial.target());
        Group group = trial.open(count, 0, trial::channel);
        trial.meter().start();
        long began = System.nanoTime();
        trial.rest();
        double seconds = (System.nanoTime() - began) / 1e9;
        var outcome = new Outcome();
        trial.meter().each(count).ifPresent(micros -> outcome.with(Metric.IDLE_CPU, micros / seconds));
        Footprint.of(trial.target()).growth(before, count).forEach(outcome::with);

        Unicast script = Unicast.inTurn(trial.target(), count, trial::channel);
        trial.publish(script, count, Pace.window(WINDOW * script.batch()), group);
        outcome.verify(group, script::published);
        farewell(trial, count);
        return outcome;
    }

    private static void farewell(Trial trial, int count) {
        trial.dismiss(Unicast.inTurn(trial.target(), count, trial::channel), count);
    }
}
