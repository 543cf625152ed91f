package dev.tidings.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No script of a page makes markup, or code, of a text. */
class ScriptsTest {

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/webapp/assets"))) {
            return files.filter(file -> file.toString().endsWith(".js")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void scriptSetsTextsAsTextOnly(Path script) throws IOException {
        assertThat(Files.readString(script))
                .doesNotContainPattern(
                        "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|DOMParser|createContextualFragment"
                                + "|\\beval\\(|new Function|setTimeout\\(['\"`]|srcdoc");
    }
}
