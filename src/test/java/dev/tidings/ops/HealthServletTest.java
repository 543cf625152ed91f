package dev.tidings.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.selector.SelectorSet;
import dev.tidings.http.ErrorFilter;
import dev.tidings.hub.EventLog;
import dev.tidings.hub.Hub;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import dev.tidings.testing.FaultyLog;
import dev.tidings.testing.InProcessJetty;
import dev.tidings.testing.ManualClock;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthServletTest {

    private final MemoryLog log = new MemoryLog(
            new Retention(10, Duration.ofHours(1), 1 << 20, SelectorSet.of(List.of())), Clock.systemUTC());
    private final InProcessJetty jetty = new InProcessJetty();
    private final AtomicInteger ended = new AtomicInteger();

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
    void whatOnlyARestartHelpsIsSaidAtEveryAddressAndEndsTheStreams() {
        start(List.of(check("timer", () -> "the thread tidings-timer has ended")));

        for (String path : List.of("/health", "/health/live", "/health/ready")) {
            HttpResponse<String> answer = jetty.send(jetty.request(path));
            assertThat(answer.statusCode()).as(path).isEqualTo(503);
            assertThat(answer.body()).contains("the thread tidings-timer has ended");
        }
        assertThat(ended.get()).isEqualTo(3);
    }

    @Test
    void eachThingThatIsWrongHasItsSentence() {
        start(List.of(), check("key", () -> "no key"), check("timer", () -> null), check("log", () -> {
            throw new IllegalStateException("as if");
        }));

        assertThat(jetty.send(jetty.request("/health/ready")).body())
                .contains("no key; log cannot be looked at")
                .contains("as if");
        assertThat(jetty.send(jetty.request("/health/live")).statusCode()).isEqualTo(200);
        assertThat(ended.get()).isZero();
    }

    /** Found when the first probe took a process for dead that had been stopped for a minute. */
    @Test
    void whatIsLateIsBelievedWhenItStaysSo() {
        var clock = new ManualClock();
        var fault = new AtomicReference<@Nullable String>("late");
        HealthCheck check = check("timer", fault::get).confirmed(clock::nanoTime);

        assertThat(check.fault().get()).isNull();
        clock.advance(Duration.ofSeconds(2).minusNanos(1));
        assertThat(check.fault().get()).isNull();
        clock.advance(Duration.ofNanos(1));
        assertThat(check.fault().get()).isEqualTo("late");
        fault.set(null);
        assertThat(check.fault().get()).isNull();
        fault.set("late again");
        assertThat(check.fault().get()).isNull();
    }

    @Test
    void whatConcernsNoRequestIsAWarningAndNoReason() {
        HealthCheck relay = check("relay", () -> "the relay has not been able to use its database for 3 s");
        start(new Health(List.of(), List.of(), List.of(relay), ended::incrementAndGet));

        for (String path : List.of("/health", "/health/live", "/health/ready")) {
            HttpResponse<String> answer = jetty.send(jetty.request(path));
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.body())
                    .isEqualTo(
                            "{\"status\":\"ok\",\"warning\":\"the relay has not been able to use its database for 3 s\"}\n");
        }
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
    void healthIsReadAndNothingElse() {
        start(log, null);

        HttpResponse<String> response = jetty.send(jetty.request("/health").method("DELETE", BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void anotherPathDoesNotExist() {
        start(log, null);

        assertThat(jetty.send(jetty.request("/health/nonsense")).statusCode()).isEqualTo(404);
    }

    private void start(EventLog log, @Nullable String keyFault) {
        var hub = new Hub(log, 1, 1, Clock.systemUTC());
        start(List.of(), check("key", () -> keyFault), check("log", hub::fault));
    }

    private void start(List<HealthCheck> vital, HealthCheck... needed) {
        start(new Health(vital, List.of(needed), List.of(), ended::incrementAndGet));
    }

    private void start(Health health) {
        jetty.filter("/*", new ErrorFilter())
                .servlet("/health/*", new HealthServlet(health))
                .start();
    }

    private static HealthCheck check(String name, Supplier<@Nullable String> fault) {
        return new HealthCheck(name, fault);
    }
}
