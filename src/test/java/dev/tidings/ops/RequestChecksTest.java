package dev.tidings.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.InProcessJetty;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestChecksTest {

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final InProcessJetty jetty = new InProcessJetty();

    @BeforeEach
    void start() {
        jetty.servlet("/*", new Answering())
                .filter(
                        "/*",
                        new RequestChecks(
                                List.of(
                                        RequestCheck.ofAsync(),
                                        RequestCheck.ofProxies(),
                                        RequestCheck.ofMercure(List.of("a", "b"))),
                                said::add))
                .start();
    }

    @AfterEach
    void stop() {
        jetty.close();
    }

    private static final class Answering extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(204);
        }
    }

    @Test
    void ordinaryRequestShowsNothing() {
        assertThat(jetty.send(jetty.request("/events")).statusCode()).isEqualTo(204);
        assertThat(said).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded"})
    void proxyThatIsNotBelievedIsNamedOnce(String header) {
        jetty.send(jetty.request("/a").header(header, "192.0.2.7\u00e9"));
        jetty.send(jetty.request("/b").header(header, "192.0.2.8"));
        assertThat(said)
                .singleElement()
                .asString()
                .contains(header, "set tidings.proxies=127.0.0.1")
                .doesNotContain("192.0.2");
    }

    @Test
    void clientOfMercureIsSaidOnceWithWhatIsMissing() {
        jetty.send(jetty.request("/.well-known/mercure?topic=x"));
        jetty.send(jetty.request("/.well-known/mercure/subscriptions"));
        assertThat(said).containsExactly("A client of Mercure is here. a. b");
    }

    @Test
    void oneOfManyAtOnceIsSaid() {
        var answers = IntStream.range(0, 50)
                .mapToObj(i -> jetty.sendAsync(jetty.request("/a").header("Forwarded", "for=192.0.2.7")))
                .toList();
        answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(204));
        assertThat(said).hasSize(1);
    }
}
