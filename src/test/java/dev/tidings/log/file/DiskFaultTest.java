package dev.tidings.log.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/** What is said to an operator of a fault, which comes wrapped into others. */
class DiskFaultTest {

    @Test
    void reasonIsTheOperatingSystemsOrTheJvms() {
        assertThat(reason(new IOException("No space left on device"))).isEqualTo(" (No space left on device)");
        assertThat(reason(new FileSystemException("/log", null, "Is a directory")))
                .isEqualTo(" (Is a directory)");
        assertThat(reason(new AccessDeniedException("/log"))).isEqualTo(" (permission denied)");
        assertThat(reason(new NoSuchFileException("/log"))).isEqualTo(" (there is no such file)");
        assertThat(reason(new OutOfMemoryError("Java heap space"))).isEqualTo(" (memory has run out)");
    }

    @Test
    void reasonIsTheOutermostThatOneIsKnownOf() {
        assertThat(reason(new IOException("outer", new IOException("inner")))).isEqualTo(" (outer)");
    }

    @Test
    void nothingIsSaidOfAFaultOfTheInside() {
        assertThat(reason(new IllegalArgumentException("sun.nio.ch"))).isEmpty();
    }

    private static String reason(Throwable fault) {
        return DiskFault.reason(new IllegalStateException("Reading from file sun.nio.ch", fault));
    }
}
