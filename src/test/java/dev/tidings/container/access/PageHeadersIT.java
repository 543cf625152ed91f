package dev.tidings.container.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Requests;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page says to the browser against others: no script but our own, in no frame, and its address to nobody. */
@EveryContainer(kinds = ContainerKind.JETTY, demo = true, settings = "tidings.retry=200ms")
class PageHeadersIT {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/login", "/console", "/feeds", "/feeds/clock", "/nothing"})
    void pageRunsNoForeignScriptAndStandsInNoFrame(String page, Container container) {
        Answer answer = Requests.get(container, page, "Accept: text/html");
        assertThat(answer.header("Content-Type")).startsWithIgnoringCase("text/html");
        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe-inline", "unsafe-eval", "*");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.headers()).doesNotContainKey("Set-Cookie");
        assertThat(answer.body()).doesNotContainPattern("(?i)<script(?![^>]* src=\"[^:]*\")|\\son[a-z]+=|javascript:");
    }
}
