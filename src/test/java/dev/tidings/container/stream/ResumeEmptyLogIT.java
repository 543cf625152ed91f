package dev.tidings.container.stream;

import static dev.tidings.container.Streams.POSITION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.OwnContainers;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.StreamRecorder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Resuming where nothing was ever published. No test here may publish. */
@ParameterizedClass
@MethodSource("containers")
class ResumeEmptyLogIT {

    private final Container hub;

    ResumeEmptyLogIT(Container hub) {
        this.hub = hub;
    }

    static Stream<Container> containers() {
        return OwnContainers.of(ContainerKind.TOMCAT_11, spec -> spec);
    }

    @Test
    void gapHasNoOldest() {
        try (StreamRecorder stream = Streams.open(Streams.request(hub, "*").after("unknown"))) {
            assertThat(stream.head().headers("Last-Event-ID")).containsExactly("earliest");
            assertThat(stream.next().lines())
                    .containsExactly("event: gap", "data: {\"requested\":\"unknown\",\"oldest\":null}");
        }
    }

    @Test
    void earliestIsTheLogsEndAndNoGap() {
        try (StreamRecorder stream = Streams.open(Streams.request(hub, "*").after("earliest"))) {
            assertThat(stream.head().headers("Last-Event-ID")).containsExactly("earliest");
            assertThat(stream.lastEventId()).matches(POSITION);
        }
    }

    @Test
    void positionThatPrimedAStreamIsKnown() {
        String primed;
        try (StreamRecorder stream = Streams.open(hub, "*")) {
            primed = stream.lastEventId();
        }
        assertThat(primed).matches(POSITION);
        try (StreamRecorder stream = Streams.open(Streams.request(hub, "*").after(primed))) {
            assertThat(stream.head().headers("Last-Event-ID")).containsExactly(primed);
            assertThat(stream.lastEventId()).isEqualTo(primed);
        }
    }
}
