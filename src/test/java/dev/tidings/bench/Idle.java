package dev.tidings.bench;

/**
 * Streams are open, each of a channel of its own, and nothing is published. What is measured is the memory that each takes, and what the
 * server spends on it meanwhile. At the end each gets an event, which shows that it was open.
 */
record Idle(int streams) implements Scenario {

    private static final int WINDOW = 64;

    @Override
    public Outcome run(Trial trial) {
        int count = trial.streams(streams);
        // So that what a server makes only once is made before.
        Group first = trial.open(Trial.warmUpOf(count), 0, trial::channel);
        trial.crowd().cut(first.streams());
        farewell(trial, first.size());

        MemoryUse before = MemoryUse.of(trial.target());
        Group group = trial.open(count, 0, trial::channel);
        trial.settle();
        var outcome = new Outcome();
        long began = System.nanoTime();
        trial.meter().start();
        trial.rest();
        outcome.perSecond(Metric.IDLE_CPU, trial.meter(), count, System.nanoTime() - began);
        MemoryUse after = MemoryUse.of(trial.target());
        after.growth(before, count).forEach(outcome::with);
        if (trial.target().can(Target.Ability.METRICS) && !after.knows(Metric.DIRECT)) {
            outcome.note("direct buffers are unknown, since " + trial.target().uri() + "/metrics cannot be read");
        }

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
