package dev.tidings.container.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.StartupFailedException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The WAR is taken by every container, and no container outlives its test. */
class SmokeIT {

    @Nested
    @EveryContainer
    class UnderTheRoot {
        @Test
        void answers(Container container) {
            assertAnswers(container);
        }
    }

    @Nested
    @EveryContainer(contextPath = "/tidings")
    class UnderAContextPath {
        @Test
        void answers(Container container) {
            assertAnswers(container);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusedDeploymentSaysWhyAndLeavesNothingRunning(ContainerKind kind) {
        ContainerSpec spec = ContainerSpec.of(kind).set("tidings.no-such-setting", "1");
        StartupFailedException refused = catchThrowableOfType(StartupFailedException.class, spec::start);
        assertThat(refused).hasMessageContaining("tidings.no-such-setting");
        assertThat(ProcessHandle.of(refused.pid())).isEmpty();
    }

    private static void assertAnswers(Container container) {
        assertThat(statusOf(container)).isEqualTo(200);
    }

    private static int statusOf(Container container) {
        try (RawClient client = container.connect()) {
            String path = container.uri().getPath() + "/health";
            ResponseHead head = client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .head();
            return head.status();
        }
    }
}
