package dev.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose programs are brought: what is said when they are not there, or are other programs. */
class ProgramLauncherTest {

    /** A program that every machine has where this is tested, and which takes no option of theirs. */
    private static final String OTHER =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    private Path directory;

    @Test
    void programThatIsNotBroughtIsLeftOutWithALine() {
        assertThat(started("servers=mercure,centrifugo")).isEqualTo("""
                mercure is left out: it takes the option mercure=/path/to/mercure
                centrifugo is left out: it takes the option centrifugo=/path/to/centrifugo
                """);
    }

    @Test
    void fileThatIsNoProgramIsNamed() {
        assertThat(started("servers=mercure", "mercure=" + directory))
                .isEqualTo("mercure is left out: it takes a program, and mercure=" + directory + " names none\n");
    }

    @Test
    void programsAreNamedInTheEnvironmentToo() {
        var options = new Options(Map.of(), Map.of("BENCH_CENTRIFUGO", OTHER));
        assertThat(Launchers.all(options, false))
                .filteredOn(launcher -> launcher.name().equals("centrifugo"))
                .singleElement()
                .satisfies(launcher -> assertThat(launcher.missing()).isEmpty());
    }

    @Test
    void programThatEndsAtOnceIsToldWithItsLog() {
        var launcher = new ProgramLauncher(new Mercure(), OTHER);
        assertThatThrownBy(() -> launcher.start(directory))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("mercure has ended")
                .hasMessageContaining(directory.resolve("server.log").toString());
        assertThat(directory.resolve("server.log")).content().contains("--addr");
    }

    private String started(String... words) {
        // Whoever runs this may have set variables of the benchmark's.
        var options = new Options(Options.of(words).given(), Map.of());
        var printed = new ByteArrayOutputStream();
        var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (Fleet fleet = Fleet.start(Plan.from(options), Launchers.all(options, false), out)) {
            assertThat(fleet.targets()).isEmpty();
        }
        return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
