package dev.tidings.bench;

/** Opens streams, one after the other, with no more than a few under way; some more before that, uncounted. */
record Connect(int streams) implements Scenario {

    @Override
    public Outcome run(Trial trial) {
        int count = trial.streams(streams);
        trial.open(Trial.warmUpOf(count), 0, i -> trial.channel());
        var group = new Group(trial.target(), count, 0, i -> trial.channel());
        trial.meter().start();
        long nanos = trial.open(group);
        Outcome outcome = new Outcome().rate(Metric.CONNECTS, count, nanos).cpu(trial.meter(), count);
        trial.dismiss(new Broadcast(trial.target(), trial.channel(), 0), 1);
        return outcome;
    }
}
