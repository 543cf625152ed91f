package dev.tidings.hub;

import dev.tidings.event.SelectorSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The distinct grants of the subscribers that are here.
 *
 * <p><b>Threads.</b> None by itself: the hub guards it.
 */
final class Grants {

    private final Map<SelectorSet, SharedGrant> shared = new HashMap<>();

    /** The one grant with these selectors, until it is {@linkplain #release released} as often. */
    SharedGrant hold(SelectorSet selectors) {
        SharedGrant grant = shared.computeIfAbsent(selectors, SharedGrant::new);
        grant.holders++;
        return grant;
    }

    void release(SharedGrant grant) {
        if (grant.holders == 1) {
            shared.remove(grant.selectors);
        }
        grant.holders--;
    }
}
