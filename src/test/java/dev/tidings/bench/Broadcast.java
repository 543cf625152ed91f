package dev.tidings.bench;

/** Every event goes to all streams of one channel. */
final class Broadcast implements Script {

    private final Target target;
    private final String channel;
    private final String padding;
    private int number;

    /** Events with so much text that about so many bytes of data come out. */
    Broadcast(Target target, String channel, int bytes) {
        this.target = target;
        this.channel = channel;
        this.padding = Padding.of(bytes);
    }

    /** One, so that their order is defined. */
    @Override
    public int publishers() {
        return 1;
    }

    @Override
    public int batch() {
        return 1;
    }

    @Override
    public long deliveries(Group group) {
        return group.size();
    }

    @Override
    public byte[] request(int publisher, int events, long stamp) {
        return target.publish(channel, Ledger.data(number++, stamp, padding));
    }

    @Override
    public int published(int stream) {
        return number;
    }
}
