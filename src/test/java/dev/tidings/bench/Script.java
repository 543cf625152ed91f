package dev.tidings.bench;

/**
 * What is published in a trial, each event numbered as its streams' {@link Ledger} expects it.
 *
 * <p><b>Threads.</b> The crowd's.
 */
interface Script {

    /** Over how many connections. Each publishes what is in order on its own. */
    int publishers();

    /** The most events that one request takes. */
    int batch();

    /** How many deliveries in this group are due to one event. */
    long deliveries(Group group);

    /**
     * The next request for a connection.
     *
     * @param events how many events it is to hold
     * @param stamp the {@link System#nanoTime} at which it was to be sent
     */
    byte[] request(int publisher, int events, long stamp);

    /** How many events the stream with this index of a group was to be sent so far. */
    int published(int stream);
}
