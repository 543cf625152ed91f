package dev.tidings.container.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Requests;
import dev.tidings.container.Site;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file that the pages load is served as what it is, and asked for again only when it has changed. */
@EveryContainer(kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY})
class AssetsIT {

    private static final Path WEBAPP = Path.of("src/main/webapp");

    private static final Map<String, String> TYPES =
            Map.of("js", "text/javascript;charset=utf-8", "css", "text/css;charset=utf-8", "svg", "image/svg+xml");

    private final Container hub;

    AssetsIT(Container hub) {
        this.hub = hub;
    }

    static List<String> files() {
        try (Stream<Path> files = Files.walk(WEBAPP.resolve("assets"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> "/" + WEBAPP.relativize(file))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void fileIsServedAsWhatItIs(String file) throws IOException {
        Answer answer = Requests.get(hub, file);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type"))
                .isEqualToIgnoringCase(TYPES.get(file.substring(file.lastIndexOf('.') + 1)));
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(answer.body()).isEqualTo(Files.readString(WEBAPP.resolve(file.substring(1))));

        Answer again = Site.send(hub, "GET", file, "If-None-Match: " + answer.header("ETag"));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("ETag")).isEqualTo(answer.header("ETag"));
        assertThat(Site.send(hub, "GET", file, "If-None-Match: \"other\"").status())
                .isEqualTo(200);
        assertThat(Requests.send("HEAD", hub, file).header("Content-Length"))
                .isEqualTo(answer.header("Content-Length"));
    }
}
