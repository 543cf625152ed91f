package dev.tidings.container.server;

import dev.tidings.testing.Container;
import dev.tidings.testing.EveryContainer;
import org.junit.jupiter.api.Test;

/** What is no request harms nobody but its sender. */
@EveryContainer(relaxedUris = true)
class MalformedNeighboursIT {

    @Test
    void goodRequestsBesideMalformedOnesArePublishedAsTheyWereSent(Container container) {
        Neighbours.assertUndisturbed(container, container.uri(), 300);
    }
}
