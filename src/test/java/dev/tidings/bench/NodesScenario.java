package dev.tidings.bench;

import java.time.Duration;

/** A way to use a hub of one or more nodes, which can be tried again and again. */
interface NodesScenario {

    /**
     * Tries it once.
     *
     * @param quiet how long nothing may happen
     * @throws TrialFailedException when it cannot go on
     */
    Outcome run(HubOfNodes hub, Duration quiet);
}
