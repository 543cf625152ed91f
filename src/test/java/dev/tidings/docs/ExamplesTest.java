package dev.tidings.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.CodeBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two shops of {@code src/examples} are the same shop, where {@code docs/java.md} says that they are. */
class ExamplesTest {

    private static final Path SPRING_BOOT = Path.of("src/examples/spring-boot/src/main");
    private static final Path JAKARTA = Path.of("src/examples/jakarta");

    @ParameterizedTest
    @ValueSource(strings = {"index.html", "shop.js"})
    void bothHaveTheSamePage(String file) {
        assertThat(JAKARTA.resolve("src/main/webapp").resolve(file))
                .hasSameTextualContentAs(SPRING_BOOT.resolve("resources/static").resolve(file));
    }

    @Test
    void hubAllowsThePagesOfBoth() throws IOException {
        assertThat(CodeBlock.of("docs/java.md", "An application").code())
                .contains("TIDINGS_CORS_ORIGINS=http://127.0.0.1:8081,http://127.0.0.1:8082\n");
        assertThat(Files.readString(SPRING_BOOT.resolve("resources/application.properties")))
                .contains("server.port=8081\n");
        assertThat(Files.readString(JAKARTA.resolve("pom.xml"))).contains("<jetty.http.port>8082</jetty.http.port>");
    }
}
