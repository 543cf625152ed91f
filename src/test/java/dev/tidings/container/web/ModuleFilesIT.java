package dev.tidings.container.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Requests;
import dev.tidings.container.SiteHub;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The module is there for everybody, pages of every origin among them, which may import it. */
@SiteHub
class ModuleFilesIT {

    private static final Path FOLDER = Path.of("src/main/webapp/WEB-INF/npm");

    private final Container hub;

    ModuleFilesIT(Container hub) {
        this.hub = hub;
    }

    @ParameterizedTest
    @CsvSource({"tidings.js, text/javascript;charset=utf-8", "tidings.d.ts, text/plain;charset=utf-8"})
    void fileIsServedAsItIs(String file, String type) throws IOException {
        Answer answer = Requests.get(hub, "/" + file);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase(type);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(answer.body()).isEqualTo(Files.readString(FOLDER.resolve(file)));
        Answer again = Requests.get(hub, "/" + file, "If-None-Match: " + answer.header("ETag"));
        assertThat(again.status()).isEqualTo(304);
        Requests.assertProblem(Requests.send("POST", hub, "/" + file), 405, "GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null"})
    void pageOfEveryOriginMayImportIt(String origin) {
        Answer answer = Requests.get(hub, "/tidings.js", "Origin: " + origin);
        assertThat(answer.header("Access-Control-Allow-Origin")).isIn("*", origin);
        assertThat(answer.headers().get("Access-Control-Allow-Origin")).hasSize(1);
    }

    @Test
    void nothingElseOfThePackageIsServed() {
        for (String target : new String[] {"/package.json", "/WEB-INF/npm/package.json", "/WEB-INF/npm/tidings.js"}) {
            assertThat(Requests.get(hub, target).status()).as(target).isEqualTo(404);
        }
    }
}
