package dev.tidings.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.auth.ForbiddenException;
import dev.tidings.auth.KeysUnavailableException;
import dev.tidings.auth.UnauthorizedException;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.TooLargeException;
import dev.tidings.http.publish.PublishingHub;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.RegistryUnavailableException;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.InProcessJetty;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every kind of failure is told and logged as. Over 300 lines, since each fact needs the same site and recorder
 * of what is logged.
 */
class ErrorFilterTest {

    /** Keeps what is logged, and keeps it from the console. */
    private static final class Recorder extends Handler {
        private final List<LogRecord> records = new ArrayList<>();

        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @FunctionalInterface
    private interface Deed {
        void on(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    private final Logger logger = Logger.getLogger(ErrorFilter.class.getName());
    private final Recorder recorder = new Recorder();
    private Deed deed = (request, response) -> {};

    private final CountDownLatch ended = new CountDownLatch(1);

    private final InProcessJetty jetty = new InProcessJetty()
            .filter("/*", (request, response, chain) -> {
                try {
                    chain.doFilter(request, response);
                } finally {
                    ended.countDown();
                }
            })
            .filter("/*", new ErrorFilter())
            .servlet("/door", new HttpServlet() {
                @Override
                protected void service(HttpServletRequest request, HttpServletResponse response)
                        throws IOException, ServletException {
                    deed.on(request, response);
                }
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

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(new InvalidRequestException("id", "It is bad."), 400, "Bad Request", "id: It is bad."),
                Arguments.of(UnauthorizedException.noToken("who?"), 401, "Unauthorized", "who?"),
                Arguments.of(new ForbiddenException("not on /x"), 403, "Forbidden", "not on /x"),
                Arguments.of(Problem.methodNotAllowed("PUT", "GET"), 405, "Method Not Allowed", "PUT"),
                Arguments.of(new Problem(406, "only this"), 406, "Not Acceptable", "only this"),
                Arguments.of(new TooLargeException(9, 5), 413, "Content Too Large", "9 bytes"),
                Arguments.of(new Problem(415, "not that"), 415, "Unsupported Media Type", "not that"),
                Arguments.of(new KeysUnavailableException(), 503, "Service Unavailable", "keys that verify tokens"),
                Arguments.of(
                        new LogUnavailableException("redis at 10.0.0.1 is down", new IOException()),
                        503,
                        "Service Unavailable",
                        "cannot read or write its log now"),
                Arguments.of(
                        new RegistryUnavailableException("node-2 does not answer."),
                        503,
                        "Service Unavailable",
                        "node-2 does not answer."));
    }

    /** Found when a container quoted the address that it could not read. */
    @Test
    void tokenThatAFailureQuotesIsNotLogged() {
        var failure = new IllegalStateException(
                "no", new IllegalArgumentException("bad: http://localhost/x?a={}&Token=secret"));
        answerTo(throwing(failure), "*/*");
        Throwable logged = recorder.records.get(0).getThrown();
        assertThat(logged).hasStackTraceContaining("java.lang.IllegalStateException");
        assertThat(logged).hasStackTraceContaining("java.lang.IllegalArgumentException");
        assertThat(logged.getStackTrace()).as("where it was thrown").isEqualTo(failure.getStackTrace());
        var trace = new StringWriter();
        logged.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("secret");
    }

    @Test
    void lackOfMemoryIsToldToComeLaterWhereverItWasMet() {
        List<Deed> deeds = List.of(
                (request, response) -> {
                    throw new OutOfMemoryError("as if");
                },
                (request, response) -> {
                    throw new ServletException(new LogUnavailableException("x", new OutOfMemoryError("as if")));
                });
        for (Deed lacking : deeds) {
            HttpResponse<String> response = answerTo(lacking, "*/*");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(header(response, "Retry-After")).isEqualTo("5");
            assertThat(response.body()).contains("out of memory");
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void eachRefusalHasItsStatusAndSaysWhy(RuntimeException refusal, int status, String title, String detail) {
        HttpResponse<String> response = answerTo(throwing(refusal), "*/*");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
        JsonNode problem = PublishingHub.json(response.body());
        assertThat(problem.path("type").asText()).isEqualTo("about:blank");
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asText()).isEqualTo(title);
        assertThat(problem.path("detail").asText()).contains(detail);
        assertThat(recorder.records).isEmpty();
    }

    @Test
    void aBadFieldIsNamed() {
        HttpResponse<String> response = answerTo(throwing(new InvalidRequestException("id", "It is bad.")), "*/*");

        assertThat(PublishingHub.json(response.body()).path("field").asText()).isEqualTo("id");
    }

    @Test
    void theChallengeSaysWhetherATokenWasBad() {
        assertThat(header(answerTo(throwing(UnauthorizedException.noToken("none")), "*/*"), "WWW-Authenticate"))
                .isEqualTo("Bearer");
        assertThat(header(answerTo(throwing(UnauthorizedException.badToken("bad")), "*/*"), "WWW-Authenticate"))
                .isEqualTo("Bearer error=\"invalid_token\"");
    }

    @Test
    void aLogThatIsDownSaysWhenToComeBackAndNothingOfItself() {
        var down = new LogUnavailableException("redis at 10.0.0.1 is down", new IOException());

        HttpResponse<String> response = answerTo(throwing(down), "*/*");

        assertThat(header(response, "Retry-After")).isEqualTo("5");
        assertThat(response.body()).doesNotContain("redis");
    }

    @Test
    void registryThatIsDownSaysWhenToComeBack() {
        var down = new RegistryUnavailableException("node-2 does not answer.");
        assertThat(header(answerTo(throwing(down), "*/*"), "Retry-After")).isEqualTo("5");
    }

    @Test
    void keysThatCannotBeReadSayWhenToComeBack() {
        assertThat(header(answerTo(throwing(new KeysUnavailableException()), "*/*"), "Retry-After"))
                .isEqualTo("10");
    }

    @Test
    void aProblemBringsItsHeaders() {
        HttpResponse<String> response = answerTo(throwing(new Problem(405, "no", Map.of("Allow", "GET"))), "*/*");

        assertThat(header(response, "Allow")).isEqualTo("GET");
    }

    static Stream<Throwable> faults() {
        return Stream.of(
                new IllegalStateException("secret of the inside"),
                new IOException("secret of the inside"),
                new ServletException("secret of the inside"),
                new StackOverflowError("secret of the inside"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsLoggedWholeAndTheClientHearsNothingOfIt(Throwable fault) {
        HttpResponse<String> response = answerTo(throwing(fault), "*/*");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.body()).doesNotContain("secret").doesNotContain("at dev.tidings");
        assertThat(recorder.records).hasSize(1);
        LogRecord logged = recorder.records.get(0);
        assertThat(logged.getThrown()).isSameAs(fault);
        assertThat(logged.getMessage()).isEqualTo("failed: GET /door");
    }

    @Test
    void whatHadBeenPreparedIsForgotten() {
        HttpResponse<String> response = answerTo(
                (request, answer) -> {
                    answer.setContentType("text/plain");
                    answer.setContentLength(100);
                    answer.getOutputStream().print("half an answer");
                    throw new Problem(406, "no");
                },
                "*/*");

        assertThat(response.statusCode()).isEqualTo(406);
        assertThat(PublishingHub.json(response.body()).path("detail").asText()).isEqualTo("no");
    }

    @Test
    void anAnswerThatHasBegunIsCutShort() {
        Deed failsHalfWay = (request, response) -> {
            response.getOutputStream().print("half an answer");
            response.flushBuffer();
            throw new IllegalStateException("in the middle");
        };

        assertThatThrownBy(() -> answerTo(failsHalfWay, "*/*")).hasRootCauseInstanceOf(IOException.class);
    }

    /** Tomcat refuses by itself when a body breaks off. */
    @Test
    void anAnswerThatIsARefusalAlreadyStands() {
        HttpResponse<String> response = answerTo(
                (request, answer) -> {
                    answer.setStatus(400);
                    answer.flushBuffer();
                    throw new Problem(400, "broken off");
                },
                "*/*");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(recorder.records).isEmpty();
    }

    @Test
    void refusalThatItsClientDoesNotWaitForIsNoFault() {
        HttpResponse<String> response = answerTo(
                (request, answer) -> {
                    answer.sendError(404);
                    throw new IOException("Broken pipe");
                },
                "*/*");
        awaitEnd();

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(recorder.records).isEmpty();
    }

    @Test
    void faultAfterARefusalIsLogged() {
        HttpResponse<String> response = answerTo(
                (request, answer) -> {
                    answer.sendError(404);
                    throw new IllegalStateException("a fault");
                },
                "*/*");
        awaitEnd();

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(recorder.records).hasSize(1);
    }

    @Test
    void aRequestThatWentAsynchronousIsAnsweredToo() {
        HttpResponse<String> response = answerTo(
                (request, answer) -> {
                    request.startAsync().setTimeout(0);
                    throw new LogUnavailableException("down", new IOException());
                },
                "*/*");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(PublishingHub.json(response.body()).path("status").asInt()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "text/html",
                "TEXT/HTML;q=0.5, application/json;q=0.4"
            })
    void aBrowserThatAsksForAPageGetsOne(String accept) {
        HttpResponse<String> response = answerTo(throwing(new Problem(403, "not <b>\"/x\"</b> & 'y'")), accept);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(header(response, "Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
        assertThat(header(response, "Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
        assertThat(response.body())
                .contains("<title>403 Forbidden · Tidings</title>")
                .contains("<p>not &lt;b&gt;&quot;/x&quot;&lt;/b&gt; &amp; &#39;y&#39;</p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/json",
                "application/problem+json, text/html;q=0.9",
                "text/event-stream",
                "text/html;q=0",
                "text/html, application/json",
                "nonsense;;,"
            })
    void everybodyElseGetsJson(String accept) {
        HttpResponse<String> response = answerTo(throwing(new Problem(403, "no")), accept);

        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void halfASurrogatePairInADetailIsWritten() {
        HttpResponse<String> response = answerTo(throwing(new Problem(400, "half: \ud800")), "*/*");

        assertThat(PublishingHub.json(response.body()).path("detail").asText()).isEqualTo("half: ?");
    }

    private HttpResponse<String> answerTo(Deed deed, String accept) {
        this.deed = deed;
        return jetty.send(jetty.request("/door?token=eyJ.secret").header("Accept", accept));
    }

    /** The answer may be there before all has been done for it. */
    private void awaitEnd() {
        Eventually.holds("the request is over", () -> ended.getCount() == 0);
    }

    private static Deed throwing(Throwable thrown) {
        return (request, response) -> {
            if (thrown instanceof Error error) {
                throw error;
            } else if (thrown instanceof IOException broken) {
                throw broken;
            } else if (thrown instanceof ServletException failed) {
                throw failed;
            }
            throw (RuntimeException) thrown;
        };
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
