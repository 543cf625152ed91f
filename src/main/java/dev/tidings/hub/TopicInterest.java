package dev.tidings.hub;

/**
 * Whether anybody is subscribed who may hear of topics below a prefix, so that what nobody would hear need not be said:
 * thousands may reconnect at once, and for each there would be events to make while others wait.
 *
 * <p>Who cannot be told from one who may hear is counted as one: a template is only looked at up to its first variable.
 *
 * <p><b>Threads.</b> As {@link SubscriberListener} says; the lock that is held there guards the count.
 */
public final class TopicInterest implements SubscriberListener {

    private final String prefix;
    private final String word;
    private int count;

    /**
     * @param prefix what the topics begin with
     * @param word what a grant has to begin with to cover them
     */
    public TopicInterest(String prefix, String word) {
        this.prefix = prefix;
        this.word = word;
    }

    @Override
    public void connected(Client client) {
        count += countOf(client);
    }

    @Override
    public void changed(Client client, Client before) {
        count += countOf(client) - countOf(before);
    }

    @Override
    public void disconnected(Client client, DisconnectReason reason) {
        count -= countOf(client);
    }

    /** Whether nobody would hear. */
    public boolean isNone() {
        return count == 0;
    }

    private int countOf(Client client) {
        return client.topics().mayMatchUnder(prefix) && client.granted().mayNameUnder(prefix, word) ? 1 : 0;
    }
}
