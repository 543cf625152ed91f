package dev.tidings.bench;

/**
 * Each event goes to one of some channels, to the next one every time, and so to all streams of that channel. The streams of a group
 * have these channels in turn.
 *
 * <p><b>Threads.</b> The crowd's.
 *
 * @param channels publishes to the channels
 * @param count how many channels there are; the size of a group is a multiple of it
 */
record ChannelsInTurn(Unicast channels, int count) implements Script {

    @Override
    public int publishers() {
        return channels.publishers();
    }

    @Override
    public int batch() {
        return channels.batch();
    }

    @Override
    public long deliveries(Group group) {
        return group.size() / count;
    }

    @Override
    public byte[] request(int publisher, int events, long stamp) {
        return channels.request(publisher, events, stamp);
    }

    @Override
    public int published(int stream) {
        return channels.published(stream % count);
    }
}
