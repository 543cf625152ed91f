package dev.tidings.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A program of this machine that some tests need, which a developer may lack.
 *
 * <p><b>Threads.</b> Any.
 */
final class Executable {

    private Executable() {}

    /**
     * Where it is. If it is nowhere, whoever asks is skipped with a word on how to get it. With {@code CI=true} it fails, so
     * that nobody goes on for long without these tests.
     *
     * @param missing what is not tested without it, and which package has it
     */
    static Path require(String name, String missing) {
        return require(name, missing, List.of());
    }

    /** As {@link #require(String, String)}, which looks into these directories first. */
    static Path require(String name, String missing, List<Path> first) {
        String path = System.getenv("PATH") + ":/usr/sbin";
        return Stream.concat(first.stream(), Stream.of(path.split(":")).map(Path::of))
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> {
                    String sentence = "No " + name + " here, so " + missing;
                    assertThat(Boolean.parseBoolean(System.getenv("CI")))
                            .as(sentence)
                            .isFalse();
                    System.err.println(sentence);
                    return Assumptions.abort(sentence);
                });
    }
}
