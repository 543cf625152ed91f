package dev.tidings.hub;

/**
 * Whether anybody is subscribed who may hear of topics below a prefix, so that what nobody would hear need not be said:
 * thousands may reconnect at once, and for each there would be events to make while others wait.
 *
 * <p>Who cannot be told from one who may hear is counted as one: a template is only looked at up to its first variable.
 *
 * <p><b>Threads.</b> As {@link SubscriberListener} says; the lock that is held there guards the count.
 */
public final class Followers implements SubscriberListener {

    private final String prefix;
    private final String word;
    private int count;

    /**
     * @param prefix what the topics begin with
     * @param word what a grant has to begin with to cover them
     */
    public Followers(String prefix, String word) {
        this.prefix = prefix;
        this.word = word;
    }

    @Override
    public void connected(Subscriber subscriber) {
        count += countOf(subscriber.subscription());
    }

    @Override
    public void changed(Subscriber subscriber, Subscription before) {
        count += countOf(subscriber.subscription()) - countOf(before);
    }

    @Override
    public void disconnected(Subscriber subscriber, DisconnectReason reason) {
        count -= countOf(subscriber.subscription());
    }

    /** Whether nobody would hear. */
    public boolean areNone() {
        return count == 0;
    }

    private int countOf(Subscription subscription) {
        return subscription.topics().mayMatchUnder(prefix)
                        && subscription.granted().mayNameUnder(prefix, word)
                ? 1
                : 0;
    }
}
