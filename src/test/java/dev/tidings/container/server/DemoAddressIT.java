package dev.tidings.container.server;

import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** A demo's log says where to open it, when it can be opened. */
@EveryContainer(kinds = ContainerKind.JETTY, contextPath = "/tidings", demo = true, settings = "tidings.retry=200ms")
class DemoAddressIT {

    @Test
    void logSaysTheAddressThatABrowserOpens(Container container) {
        Eventually.holds("it is in the log", () -> logOf(container).contains("open " + container.uri("/") + "\n"));
    }

    private static String logOf(Container container) {
        try {
            return Files.readString(container.log());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
