package dev.tidings.hub;

/**
 * Counts the clients that may get events of topics below a prefix. Without such a client these events need not be made:
 * thousands may reconnect at once, and for each there would be events to make while others wait.
 *
 * <p>A client that might be one counts as one, because a template is only looked at up to its first variable.
 *
 * <p><b>Threads.</b> As {@link SubscriberListener} says. The lock that is held there guards the count.
 */
public final class TopicInterest implements SubscriberListener {

    private final String prefix;
    private final String word;
    private int count;

    /**
     * @param prefix what the topics begin with
     * @param word what a selector of a grant has to begin with to cover them
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

    /** Whether no client would get such an event. */
    public boolean isNone() {
        return count == 0;
    }

    private int countOf(Client client) {
        return client.topics().mayMatchUnder(prefix) && client.granted().mayNameUnder(prefix, word) ? 1 : 0;
    }
}
