package dev.tidings.hub;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * All interests that somebody looks at: which subscriptions have them is counted here.
 *
 * <p><b>Threads.</b> As {@link LocalInterest} says. Any thread may add one.
 */
final class Interests {

    private final List<LocalInterest> all = new CopyOnWriteArrayList<>();

    void add(LocalInterest interest) {
        all.add(interest);
    }

    // By index, since an iterator would take memory, of which there may be none when a subscriber leaves.

    void take(Subscription subscription) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).take(subscription);
        }
    }

    void release(Subscription subscription) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).release(subscription);
        }
    }

    void announce(Subscription subscription) {
        for (LocalInterest interest : all) {
            interest.announce(subscription);
        }
    }
}
