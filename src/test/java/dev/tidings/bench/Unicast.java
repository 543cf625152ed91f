package dev.tidings.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Each event goes to one of many streams, to the next one every time.
 *
 * <p>Each connection has streams of its own to publish to, so that the events of a stream are in order.
 */
final class Unicast implements Script {

    private static final int FULL_BATCH = 100;

    private final Target target;
    private final List<String> channels = new ArrayList<>();
    private final int[] numbers;
    private final int[] turns;
    private final int batch;
    private final String padding;

    /** To so many streams, with channels of these names, over so many connections, so many events in one request. */
    Unicast(Target target, int streams, IntFunction<String> channels, int publishers, int batch, int bytes) {
        this.target = target;
        for (int i = 0; i < streams; i++) {
            this.channels.add(channels.apply(i));
        }
        this.numbers = new int[streams];
        this.turns = new int[Math.min(publishers, streams)];
        this.batch = batch;
        this.padding = Padding.of(bytes);
    }

    /** Whose events go to one stream after the other, each exactly in its turn, in as few requests as there can be. */
    static Unicast inTurn(Target target, int streams, IntFunction<String> channels) {
        int batch = target.can(Target.Ability.BATCH) ? FULL_BATCH : 1;
        return new Unicast(target, streams, channels, 1, batch, 0);
    }

    @Override
    public int publishers() {
        return turns.length;
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public long deliveries(Group group) {
        return Math.min(1, group.size());
    }

    @Override
    public byte[] request(int publisher, int events, long stamp) {
        if (batch == 1) {
            int stream = next(publisher);
            return target.publish(channels.get(stream), data(stream, stamp));
        }
        var items = new ArrayList<Target.Item>(events);
        for (int i = 0; i < events; i++) {
            int stream = next(publisher);
            items.add(new Target.Item(channels.get(stream), data(stream, stamp)));
        }
        return target.publishAll(items);
    }

    @Override
    public int published(int stream) {
        return numbers[stream];
    }

    private String data(int stream, long stamp) {
        return Ledger.data(numbers[stream]++, stamp, padding);
    }

    private int next(int publisher) {
        int stream = publisher + turns.length * turns[publisher]++;
        if (stream >= numbers.length) {
            turns[publisher] = 1;
            stream = publisher;
        }
        return stream;
    }
}
