package dev.tidings.http.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.auth.DefaultGrant;
import dev.tidings.auth.KeySources;
import dev.tidings.auth.SigningAlgorithm;
import dev.tidings.auth.TokenRules;
import dev.tidings.auth.TokenVerifier;
import dev.tidings.event.Event;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.http.ErrorFilter;
import dev.tidings.http.ErrorServlet;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.Hub;
import dev.tidings.hub.RateLimit;
import dev.tidings.hub.Refusals;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import dev.tidings.publish.PublishGuard;
import dev.tidings.publish.PublishService;
import dev.tidings.testing.FaultyLog;
import dev.tidings.testing.InProcessJetty;
import dev.tidings.testing.ManualClock;
import dev.tidings.testing.OwnSite;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.Tokens;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A hub behind {@code /msg}, in this JVM, and a client that publishes to it.
 *
 * <p>It takes 1,000 bytes of data. Its client shows a token that may publish under {@code /news} and to
 * the inboxes of all users, and so not everywhere.
 */
public final class PublishingHub implements AutoCloseable {

    static final int MAX_DATA_BYTES = 1_000;

    static final String ALICE = Tokens.grant(
                    "alice", List.of("/news", "/news/{page}", "/users/{user}", "/clients/x"), List.of())
            .jwt();

    private static final ObjectMapper JSON = new ObjectMapper();

    final ManualClock clock = new ManualClock(Instant.now());

    private final MemoryLog log = new MemoryLog(
            new Retention(10_000, Duration.ofHours(1), 64 << 20, SelectorSet.of(List.of())), Clock.systemUTC());
    /** What stands before the log. */
    final FaultyLog faults = new FaultyLog(log);

    private final InProcessJetty jetty;

    PublishingHub() {
        this(Duration.ofSeconds(1));
    }

    /** @param wait how long a publisher waits for the log */
    PublishingHub(Duration wait) {
        var door = new PublishService(
                new Hub(faults, 256, 1 << 20, Clock.systemUTC()),
                new PublishGuard(List.of("/clients")),
                new RateLimit("published", 0, System::nanoTime),
                new Refusals(System::nanoTime),
                clock::nanoTime,
                new BoundedWait(wait));
        jetty = new InProcessJetty()
                .filter("/*", new ErrorFilter())
                .filter("/msg", OwnSite.auth(verifier(), false))
                .servlet("/msg", new PublishServlet(door, OwnSite.bodies(Duration.ofSeconds(10)), MAX_DATA_BYTES))
                .servlet("/error", new ErrorServlet())
                .start();
    }

    public static TokenVerifier verifier() {
        return verifier(Clock.systemUTC());
    }

    /** One for which tokens expire by this clock. */
    public static TokenVerifier verifier(Clock clock) {
        var rules = new TokenRules(
                null, null, "sub", new DefaultGrant(List.of("/users/{sub}", "/all"), List.of("/users/{sub}")));
        return new TokenVerifier(SigningAlgorithm.HS256, KeySources.of(Tokens.SECRET), rules, clock);
    }

    /** A body with alice's token, for {@code /msg} and that query. */
    HttpRequest.Builder posting(String contentType, String body, String query) {
        return to("/msg" + query)
                .header("Authorization", "Bearer " + ALICE)
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body));
    }

    /** Sends a body with alice's token, to {@code /msg} and that query. */
    HttpResponse<String> post(String contentType, String body, String query) {
        return send(posting(contentType, body, query));
    }

    HttpResponse<String> post(String contentType, String body) {
        return post(contentType, body, "");
    }

    HttpRequest.Builder to(String target) {
        return jetty.request(target);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return jetty.send(request);
    }

    /** Sends the request, and does not wait. */
    CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return jetty.sendAsync(request);
    }

    /** A connection to say exactly what a test wants. */
    RawClient connect() {
        return RawClient.connect(jetty.uri());
    }

    /** The first lines of a POST to {@code /msg} with alice's token, to be followed by more headers. */
    static String rawPost(String contentType) {
        return "POST /msg HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ALICE + "\r\nContent-Type: "
                + contentType + "\r\n";
    }

    /** How many events the log has accepted. */
    long published() {
        return log.end().sequence();
    }

    /** The event that the log accepted last. */
    Event newest() {
        return newest(1).get(0);
    }

    /** The events that the log accepted last, in its order. */
    List<Event> newest(int count) {
        return requireNonNull(log.readAfter(log.end().sequence() - count, count, Long.MAX_VALUE));
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not JSON: " + text, e);
        }
    }

    /** Sees that a request is refused with a problem that names the cause, and that it published nothing. */
    JsonNode assertRefused(HttpRequest.Builder request, int status, String... cause) {
        long before = published();
        HttpResponse<String> response = send(request);
        String type = response.headers().firstValue("Content-Type").orElse("");
        return assertRefused(before, response.statusCode(), type, response.body(), status, cause);
    }

    /** The same of an answer on a raw connection, given how many events there were before. */
    JsonNode assertRefused(RawClient client, long before, int status, String... cause) {
        ResponseHead head = client.head();
        return assertRefused(before, head.status(), head.header("Content-Type"), client.text(head), status, cause);
    }

    private JsonNode assertRefused(
            long before, int actual, String contentType, String body, int status, String... cause) {
        assertThat(actual).as(body).isEqualTo(status);
        assertThat(contentType).isEqualTo("application/problem+json");
        JsonNode problem = json(body);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("type").asText()).isEqualTo("about:blank");
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).contains(cause);
        assertThat(body).doesNotContain(ALICE);
        assertThat(body.getBytes(UTF_8).length).as("bytes").isLessThan(2_000);
        assertThat(published()).as("published").isEqualTo(before);
        return problem;
    }

    @Override
    public void close() {
        jetty.close();
        log.close();
    }
}
