package dev.tidings.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** A machine without a browser is told what to do. */
class ChromiumTest {

    @TempDir
    Path empty;

    @Test
    void missingBrowserSkipsTheTestAndSaysHowToGetOne() {
        assertThatThrownBy(() -> Chromium.locate(empty.resolve("chromium").toString(), false))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("apt-get install chromium");
    }

    @Test
    void missingBrowserFailsTheTestWhereItIsRequired() {
        assertThatThrownBy(() -> Chromium.locate(empty.resolve("chromium").toString(), true))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("apt-get install chromium");
    }

    @Test
    void browserIsTheOneThatIsNamed() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        assertThat(Chromium.locate(java.toString(), true)).isEqualTo(java);
    }
}
