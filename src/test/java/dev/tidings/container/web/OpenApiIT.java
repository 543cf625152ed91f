package dev.tidings.container.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Requests;
import dev.tidings.container.SiteHub;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.OpenApi;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The description of the hub is there for everybody, pages of every origin among them. */
@SiteHub
class OpenApiIT {

    private static final String PATH = "/openapi.yaml";

    private final Container hub;

    OpenApiIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void descriptionIsServedAsItIs() throws IOException {
        Answer answer = Requests.get(hub, PATH);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/yaml");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(answer.body()).isEqualTo(Files.readString(OpenApi.FILE));

        Answer head = Requests.send("HEAD", hub, PATH);
        assertThat(head.header("Content-Length")).isEqualTo(answer.header("Content-Length"));
        assertThat(head.header("ETag")).isEqualTo(answer.header("ETag"));
        Requests.assertProblem(Requests.send("POST", hub, PATH), 405, "GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null"})
    void pageOfEveryOriginMayReadIt(String origin) {
        Answer answer = Requests.get(hub, PATH, "Origin: " + origin);
        assertThat(answer.header("Access-Control-Allow-Origin")).isIn("*", origin);
        assertThat(answer.headers().get("Access-Control-Allow-Origin")).hasSize(1);
    }

    @Test
    void pageOfAStrangerMayReadNothingElse() {
        assertThat(Requests.get(hub, "/health", "Origin: https://evil.example").headers())
                .doesNotContainKey("Access-Control-Allow-Origin");
    }

    /** The file of the WAR itself is not served. */
    @ParameterizedTest
    @ValueSource(strings = {"/WEB-INF/openapi.yaml", "/openapi.yaml/", "/openapi.yaml/x", "/openapi"})
    void otherSpellingsAreNothing(String target) {
        assertThat(Requests.get(hub, target).status()).isEqualTo(404);
    }
}
