package dev.tidings.container.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.PausingConnector;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Jetty with {@code jetty-base} gives the buffer of a request that it refuses to no other connection. With Jetty's own
 * settings it does, and the pauses make sure of it: of a thousand good requests some are refused, or published with the
 * bytes of others.
 */
class JettyBuffersIT {

    private static final Pattern PORT = Pattern.compile("Started .*PausingConnector@.*\\{127\\.0\\.0\\.1:(\\d+)}");

    @Test
    void bufferOfARefusedRequestIsNobodyElses() {
        try (Container container = ContainerSpec.of(ContainerKind.JETTY)
                .connector(PausingConnector.XML)
                .start()) {
            Matcher port = PORT.matcher(container.logText());
            assertThat(port.find()).isTrue();
            assertThat(container.logText()).doesNotContain("share buffers");
            Neighbours.assertUndisturbed(container, URI.create("http://127.0.0.1:" + port.group(1)), 1_000);
        }
    }
}
