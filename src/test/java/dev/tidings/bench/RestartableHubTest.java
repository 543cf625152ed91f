package dev.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.testing.ContainerKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartableHubTest {

    @TempDir
    private Path directory;

    @Test
    void whatCannotBeStartedFailsItsTrialAndLeavesNothing() {
        var launcher = new HubLauncher("jetty", ContainerKind.JETTY, spec -> {
            throw new AssertionError("no room\nfor it");
        });
        assertThatThrownBy(() -> RestartableHub.start(launcher, directory))
                .isInstanceOf(TrialFailedException.class)
                .hasMessage("no room")
                .hasCauseInstanceOf(AssertionError.class);
        assertThat(directory).isEmptyDirectory();
    }
}
