package dev.tidings.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.SelectorSet;
import dev.tidings.http.InProcessJetty;
import dev.tidings.hub.EventLog;
import dev.tidings.hub.Hub;
import dev.tidings.log.MemoryLog;
import dev.tidings.log.Retention;
import dev.tidings.testing.FaultyLog;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthServletTest {

    private final MemoryLog log = new MemoryLog(
            new Retention(10, Duration.ofHours(1), 1 << 20, SelectorSet.of(List.of())), Clock.systemUTC());
    private final InProcessJetty jetty = new InProcessJetty();

    @AfterEach
    void stop() {
        jetty.close();
        log.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/", "/health/live", "/health/ready"})
    void aHubThatIsConfiguredAndCanWriteIsWell(String path) {
        start(log, null);

        HttpResponse<String> response = jetty.send(jetty.request(path));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"status\":\"ok\"}\n");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void withoutKeysItLivesAndIsNotReady() {
        start(log, "no key was read");

        HttpResponse<String> ready = jetty.send(jetty.request("/health/ready"));

        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).isEqualTo("{\"status\":\"unavailable\",\"reason\":\"no key was read\"}\n");
        assertThat(jetty.send(jetty.request("/health")).statusCode()).isEqualTo(200);
        assertThat(jetty.send(jetty.request("/health/live")).statusCode()).isEqualTo(200);
    }

    @Test
    void withALogThatCannotBeWrittenItLivesAndIsNotReady() {
        start(new FaultyLog(log).unwritable(), null);

        HttpResponse<String> ready = jetty.send(jetty.request("/health/ready"));

        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).isEqualTo("{\"status\":\"unavailable\",\"reason\":\"the log cannot be written\"}\n");
        assertThat(jetty.send(jetty.request("/health/live")).statusCode()).isEqualTo(200);
    }

    @Test
    void headAnswersWithoutABody() {
        start(log, null);

        HttpResponse<String> response =
                jetty.send(jetty.request("/health/ready").method("HEAD", BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void anotherPathDoesNotExist() {
        start(log, null);

        assertThat(jetty.send(jetty.request("/health/nonsense")).statusCode()).isEqualTo(404);
    }

    private void start(EventLog log, @Nullable String keyFault) {
        jetty.servlet("/health/*", new HealthServlet(new Hub(log, 1, 1, Clock.systemUTC()), () -> keyFault))
                .start();
    }
}
