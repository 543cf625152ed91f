package dev.tidings.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidings.event.selector.SelectorSet;
import dev.tidings.hub.Hub;
import dev.tidings.hub.HubLimits;
import dev.tidings.hub.Refusals;
import dev.tidings.log.Retention;
import dev.tidings.log.memory.MemoryLog;
import dev.tidings.testing.SilentSink;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before, behind and beside the servlets, as a container sees it. */
class RefusedRequestTest {

    private final HeldRequest request = new HeldRequest();
    private boolean served;

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void bodyWhereNoneIsReadIsRefused(String method) throws Exception {
        request.method = method;
        pass(serving());
        assertThat(served).isFalse();
        assertProblem(400, method + " takes no body");
        assertThat(request.response.headers).containsEntry("Connection", "close");
    }

    @ParameterizedTest
    @CsvSource({"GET, 0", "HEAD, 0", "POST, 100", "DELETE, 100"})
    void anyOtherRequestIsServed(String method, long length) throws Exception {
        request.method = method;
        request.length = length;
        pass(serving());
        assertThat(served).isTrue();
    }

    @Test
    void addressThatCanBeReadInTwoWaysIsRefused() throws Exception {
        request.ambiguous = true;
        pass(serving());
        assertThat(served).isFalse();
        assertProblem(400, "ambiguous");
    }

    @Test
    void optionsOfAnAddressAreTheMethodsThatItTakes() throws Exception {
        request.method = "OPTIONS";
        request.length = 0;
        pass(throwing(Problem.methodNotAllowed("OPTIONS", "GET, POST")));
        assertThat(request.response.status).isEqualTo(204);
        assertThat(request.response.headers)
                .containsEntry("Allow", "GET, POST, OPTIONS")
                .containsEntry("Cache-Control", "no-store");
        assertThat(request.response.text()).isEmpty();
    }

    @Test
    void anotherMethodIsToldTheMethodsThatTheAddressTakes() throws Exception {
        request.method = "PUT";
        pass(throwing(Problem.methodNotAllowed("PUT", "GET, POST")));
        assertThat(request.response.headers).containsEntry("Allow", "GET, POST");
        assertProblem(405, "PUT");
    }

    @Test
    void refusalIsKeptByNobodyAndTakenForNothingElse() throws Exception {
        request.length = 0;
        pass(throwing(Problem.notFound()));
        assertThat(request.response.headers)
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("Referrer-Policy", "no-referrer")
                .containsEntry("Content-Security-Policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'")
                .doesNotContainKey("Connection");
        assertProblem(404, "nothing at this address");
        assertThat(request.response.committed)
                .as("sent before a container waits for anything")
                .isTrue();
    }

    @Test
    void bodyThatNobodyReadIsSeenToItsEnd() throws Exception {
        pass(serving());
        assertThat(request.reader).isNotNull();
    }

    @Test
    void requestThatFailsAfterItWentAsynchronousIsOver() throws Exception {
        pass((asked, answer) -> {
            asked.startAsync(asked, answer);
            throw new IllegalStateException("as if", new OutOfMemoryError("as if"));
        });
        assertProblem(503, "out of memory");
        assertThat(request.completed).isOne();
    }

    @Test
    void whereNoMemoryIsLeftForAnAnswerItIsTheStatusAlone() throws Exception {
        request.response.starved = true;
        pass(throwing(new Problem(400, "no")));
        assertThat(request.response.status).isEqualTo(503);
        assertThat(request.response.text()).isEmpty();
    }

    @Test
    void answerThatRunsOutOfMemoryHalfWayIsCutOff() {
        request.response.starved = true;
        request.response.starvedHalfWay = true;
        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> pass(throwing(new Problem(400, "no"))));
    }

    @ParameterizedTest
    @CsvSource({"400, could not read", "404, nothing at this address", "503, failed at this request"})
    void whatAContainersServletRefusesHasOurForm(int status, String detail) throws Exception {
        pass((asked, answer) -> ((HttpServletResponse) answer).sendError(status));
        assertProblem(status, detail);
        assertThat(request.response.sentError).isZero();
    }

    @Test
    void whatAContainersServletSaysOfItIsNotPassedOn() throws Exception {
        pass((asked, answer) -> ((HttpServletResponse) answer).sendError(404, "secret"));
        assertProblem(404, "nothing at this address");
        assertThat(request.response.text()).doesNotContain("secret");
    }

    @Test
    void whatWasNotModifiedIsNoRefusal() throws Exception {
        pass((asked, answer) -> ((HttpServletResponse) answer).sendError(304));
        assertThat(request.response.status).isEqualTo(304);
        assertThat(request.response.sentError).isZero();
        assertThat(request.response.text()).isEmpty();
    }

    @Test
    void redirectIsTheContainers() throws Exception {
        pass((asked, answer) -> ((HttpServletResponse) answer).sendError(399));
        assertThat(request.response.sentError).isEqualTo(399);
    }

    @Test
    void refusalAfterAnAnswerHasBegunIsTheContainers() throws Exception {
        request.response.committed = true;
        pass((asked, answer) -> ((HttpServletResponse) answer).sendError(404));
        assertThat(request.response.sentError).isEqualTo(404);
        assertThat(request.response.text()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"400, 101, 429", "4, 5, 503"})
    void whoeverAsksForTooManyTemplatesIsToldToComeLater(int most, int asked, int status) {
        try (var log = new MemoryLog(
                new Retention(10, Duration.ofHours(1), 1 << 20, SelectorSet.of(List.of())), Clock.systemUTC())) {
            var hub = new Hub(
                    log,
                    new HubLimits(8, 1 << 20, most, 0, 0, 0, 0, Duration.ZERO),
                    new Refusals(System::nanoTime),
                    "node",
                    Clock.systemUTC());
            List<String> templates =
                    IntStream.range(0, asked).mapToObj(i -> "/" + i + "/{x}").toList();
            Problem problem = Problem.of(catchThrowable(() -> SilentSink.subscribe(hub, templates, templates)));
            assertThat(problem.status()).isEqualTo(status);
            assertThat(problem.headers()).containsEntry("Retry-After", "30");
        }
    }

    @Test
    void causesThatGoRoundInACircleAreAFaultLikeOthers() {
        var first = new IllegalStateException("a");
        first.initCause(new IllegalStateException("b", first));
        assertThat(Problem.of(first).status()).isEqualTo(500);
    }

    @Test
    void errorPageSaysWhenMemoryHasRunOut() throws Exception {
        request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, 500);
        request.setAttribute(RequestDispatcher.ERROR_EXCEPTION, new ServletException(new OutOfMemoryError("as if")));
        errorPage();
        assertProblem(503, "out of memory");
        assertThat(request.response.headers).containsEntry("Retry-After", "5");
    }

    @Test
    void errorPageSaysNothingOfAnotherFault() throws Exception {
        request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, 500);
        request.setAttribute(RequestDispatcher.ERROR_EXCEPTION, new ServletException("secret"));
        errorPage();
        assertProblem(500, "failed at this request");
    }

    @Test
    void bodyOfWhatTheContainerRefusedByItselfIsSeenToItsEnd() throws Exception {
        request.dispatch = DispatcherType.ERROR;
        request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, 405);
        errorPage();
        assertThat(request.reader).isNotNull();
    }

    @Test
    void bodyOfAnAddressThatIsNoneIsLeftToTheFilter() throws Exception {
        errorPage();
        assertProblem(404, "nothing at this address");
        assertThat(request.reader).isNull();
    }

    private void errorPage() throws Exception {
        new ErrorServlet().service(request, request.response.servlets());
    }

    private void pass(FilterChain chain) throws IOException, ServletException {
        new ErrorFilter().doFilter(request, request.response.servlets(), chain);
    }

    private FilterChain serving() {
        return (asked, answer) -> served = true;
    }

    private static FilterChain throwing(RuntimeException refusal) {
        return (asked, answer) -> {
            throw requireNonNull(refusal);
        };
    }

    private void assertProblem(int status, String detail) {
        assertThat(request.response.status).isEqualTo(status);
        assertThat(request.response.text())
                .startsWith("{\"type\":\"about:blank\"")
                .contains(detail);
    }
}
