package dev.tidings.container.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StartupFailedException;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is set is heeded, and what cannot be stops the deployment. */
class StreamsSettingsIT {

    @Test
    void keyThatIsTooShortStopsTheDeploymentAndIsNotShown() {
        ContainerSpec spec = ContainerSpec.of(ContainerKind.JETTY).set("tidings.jwt.key", "hunter2");
        assertThat(catchThrowableOfType(StartupFailedException.class, spec::start))
                .hasMessageContaining("tidings.jwt.key")
                .hasMessageContaining("32")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void retryIsWhatStreamsAreTold() {
        Container hub = ContainerSpec.of(ContainerKind.JETTY)
                .set("tidings.retry", "50ms")
                .shared();
        try (StreamRecorder stream = Streams.open(hub, Fresh.topic())) {
            assertThat(Streams.text(stream)).startsWith(":\nretry: 50\nid: ");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TOMCAT_11", "JETTY"})
    void bracesNeedNoEncodingWhereTheContainerLetsThemThrough(ContainerKind kind) {
        Container hub = ContainerSpec.of(kind).withRelaxedUris().shared();
        try (StreamRecorder stream =
                Streams.open(hub.stream("/events?topic=/news/{id}").with(Tokens.operator()))) {
            Publisher.to(hub).publish("/news/7", "matched");
            assertThat(stream.next().data()).isEqualTo("matched");
        }
    }
}
