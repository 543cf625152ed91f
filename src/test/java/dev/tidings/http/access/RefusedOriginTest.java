package dev.tidings.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.http.ErrorFilter;
import dev.tidings.testing.InProcessJetty;
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

/** What the log says of origins that are refused: whoever set the hub up and forgot one looks there. */
class RefusedOriginTest {

    private final Logger logger = Logger.getLogger(CorsFilter.class.getName());
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getLevel() + " " + entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private final InProcessJetty jetty = new InProcessJetty()
            .filter("/*", new ErrorFilter())
            .filter("/*", new CorsFilter(new AllowedOrigins(List.of("https://app.example.com"))))
            .servlet("/", new HttpServlet() {
                @Override
                protected void doGet(HttpServletRequest request, HttpServletResponse response) {}
            });

    @BeforeEach
    void start() {
        logger.addHandler(recorder);
        logger.setUseParentHandlers(false);
        jetty.start();
    }

    @AfterEach
    void stop() {
        jetty.close();
        logger.removeHandler(recorder);
        logger.setUseParentHandlers(true);
    }

    @Test
    void originThatIsRefusedIsNamedOnceInAWhile() {
        ask("Origin: https://forgotten.example");
        ask("Origin: https://forgotten.example");
        ask("Origin: https://another.example");
        assertThat(logged)
                .singleElement()
                .asString()
                .startsWith("WARNING ")
                .contains("\"https://forgotten.example\"", "tidings.cors.origins");
    }

    @Test
    void ofALongOriginTheBeginningIsNamed() {
        String beginning = "https://" + "x".repeat(192);
        ask("Origin: " + beginning + "y");
        assertThat(logged).singleElement().asString().contains("\"" + beginning + "\"");
    }

    @Test
    void pagesOfTheHubItselfAreNotNamed() {
        ask("Origin: http://hub.example");
        ask("Origin: https://hub.example");
        ask("Origin: null\r\nSec-Fetch-Site: same-origin");
        assertThat(logged).isEmpty();
    }

    @Test
    void originThatIsListedIsNotNamed() {
        ask("Origin: https://app.example.com");
        assertThat(logged).isEmpty();
    }

    private void ask(String headers) {
        try (RawClient client = RawClient.connect(jetty.uri())) {
            assertThat(client.send("GET / HTTP/1.1\r\nHost: hub.example\r\n" + headers + "\r\n\r\n")
                            .head()
                            .status())
                    .isEqualTo(200);
        }
    }
}
