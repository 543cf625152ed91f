package dev.tidings.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Shared containers are closed by JVMs that exit, and whose tests have all been counted. This runs after them
 * all, and fails for what they have found in the logs then.
 */
@Tag("last")
class LateTroubleIT {

    @Test
    void sharedContainerLogsNoTroubleAfterItsLastClass() throws IOException {
        assertThat(late()).isEmpty();
    }

    /** Each is told of once: another build may find the same directory. */
    private static List<String> late() throws IOException {
        List<String> found = new ArrayList<>();
        Path bases = ContainerKind.pathFrom("test.war").resolveSibling("container-bases");
        try (Stream<Path> files = Files.list(bases)) {
            for (Path file : files.filter(each -> each.toString().endsWith(ContainerLog.LATE))
                    .toList()) {
                found.add(Files.readString(file));
                Files.delete(file);
            }
        }
        return found;
    }
}
