package dev.tidings.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.InProcessJetty;
import dev.tidings.testing.OwnSite;
import dev.tidings.testing.RawClient;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The origins that are named in the log when their pages may not read. */
class RefusedOriginLogTest {

    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger(CorsFilter.class.getName());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private final InProcessJetty jetty = new InProcessJetty()
            .filter("/*", new CorsFilter(new AllowedOrigins(List.of("https://app.example.com")), OwnSite.PAGES))
            .servlet("/door", new HttpServlet() {
                @Override
                protected void service(HttpServletRequest request, HttpServletResponse response) {
                    response.setStatus(204);
                }
            })
            .servlet("/public", new HttpServlet() {
                @Override
                protected void service(HttpServletRequest request, HttpServletResponse response) {
                    response.setHeader("Access-Control-Allow-Origin", "*");
                    response.setStatus(204);
                }
            });

    @BeforeEach
    void start() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        jetty.start();
    }

    @AfterEach
    void stop() {
        jetty.close();
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    @Test
    void originOfAStrangerIsNamedOnceInAWhile() {
        ask("Origin: https://evil.example");
        ask("Origin: https://evil.example");

        assertThat(logged)
                .singleElement()
                .asString()
                .contains("tidings.cors.origins")
                .endsWith(" origin=https://evil.example");
    }

    @Test
    void pageOfTheHubItselfIsNotNamed() {
        ask("Origin: http://hub");
        ask("Origin: https://hub");
        ask("Origin: null\r\nSec-Fetch-Site: same-origin");

        assertThat(logged).isEmpty();
    }

    @Test
    void originThatOnlyEndsLikeTheHubIsNamed() {
        ask("Origin: https://evil://hub");

        assertThat(logged).hasSize(1);
    }

    @Test
    void longOriginIsNamedByItsBeginning() {
        String beginning = "https://" + "x".repeat(192);
        ask("Origin: " + beginning + "y");

        assertThat(logged).singleElement().asString().endsWith(" origin=" + beginning);
    }

    /** Whether the page is the hub's own cannot be told then. */
    @Test
    void originIsNamedWhereTheRequestNamesNoHost() {
        ask("/door", "$(hub)", "Origin: https://evil.example");

        assertThat(logged).hasSize(1);
    }

    @Test
    void listedOriginIsNotNamed() {
        ask("Origin: https://app.example.com");

        assertThat(logged).isEmpty();
    }

    @Test
    void originThatMayReadWhatIsPublicIsNotNamed() {
        ask("/public", "Origin: https://evil.example");

        assertThat(logged).isEmpty();
    }

    private void ask(String header) {
        ask("/door", header);
    }

    private void ask(String path, String header) {
        ask(path, "hub", header);
    }

    private void ask(String path, String host, String header) {
        try (RawClient client = RawClient.connect(jetty.uri())) {
            assertThat(client.send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + header + "\r\n\r\n")
                            .head()
                            .status())
                    .isEqualTo(204);
        }
    }
}
