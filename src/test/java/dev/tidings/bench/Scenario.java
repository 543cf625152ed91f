package dev.tidings.bench;

import dev.tidings.bench.Target.Ability;
import java.util.Set;

/** A way to use a server, which can be tried again and again. */
interface Scenario {

    /** What a server has to be able to do for it. */
    default Set<Ability> needs() {
        return Set.of();
    }

    /**
     * Tries it once.
     *
     * @throws TrialFailedException when it cannot go on
     */
    Outcome run(Trial trial);
}
