package dev.tidings.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a body that nobody has read, as a container sees it. */
class UnreadBodyTest {

    private final HeldRequest request = new HeldRequest();

    @Test
    void answerLeavesAtOnceAndItsConnectionServesNothingElse() throws IOException {
        leave();
        assertThat(request.response.committed).isTrue();
        assertThat(request.response.headers).containsEntry("Connection", "close");
        assertThat(request.completed).isZero();
    }

    @Test
    void headersOfAnAnswerThatHasBegunStay() throws IOException {
        request.response.committed = true;
        leave();
        assertThat(request.response.headers).isEmpty();
        assertThat(request.asyncStarted).isTrue();
    }

    @Test
    void whatComesIsReadAndNoThreadWaitsForMore() throws IOException {
        leave();
        request.arrive(20_000);
        assertThat(request.unread()).isZero();
        request.arrive(1);
        assertThat(request.unread()).isZero();
        assertThat(request.completed).isZero();
    }

    @Test
    void restIsReadForFiveSeconds() throws IOException {
        leave();
        assertThat(request.timeoutMillis).isEqualTo(5_000);
    }

    static Stream<Consumer<HeldRequest>> ends() {
        return Stream.of(
                request -> {
                    try {
                        reader(request).onAllDataRead();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                },
                request -> reader(request).onError(new IOException("as if")),
                request -> calling(request, container -> container.onTimeout(null)),
                request -> calling(request, container -> container.onError(null)));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void itIsOverOnceWhicheverEndComes(Consumer<HeldRequest> end) throws IOException {
        leave();
        end.accept(request);
        assertThat(request.completed).isOne();
        end.accept(request);
        assertThat(request.completed).isOne();
    }

    @ParameterizedTest
    @MethodSource("ends")
    void requestThatTheContainerHasEndedIsLeftInPeace(Consumer<HeldRequest> end) throws IOException {
        leave();
        request.over = true;
        assertThatCode(() -> end.accept(request)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"403", "303", "300"})
    void senderThatAskedFirstAndWasRefusedIsNotWaitedFor(int status) throws IOException {
        request.headers.put("Expect", "100-Continue");
        request.response.status = status;
        leave();
        assertThat(request.response.committed).isTrue();
        assertThat(request.response.headers).containsEntry("Connection", "close");
        assertThat(request.asyncStarted).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.0, 100-continue, 403", "HTTP/1.1, 100-continue, 200", "HTTP/1.1, something else, 403"})
    void whereContainersWouldWaitTheBodyIsReadThoughItsSenderAsked(String protocol, String expect, int status)
            throws IOException {
        request.protocol = protocol;
        request.headers.put("Expect", expect);
        request.response.status = status;
        leave();
        assertThat(request.asyncStarted).isTrue();
    }

    @Test
    void requestWithoutABodyIsTheContainers() throws IOException {
        request.length = 0;
        assertLeftAlone();
    }

    @Test
    void bodyThatWasReadIsTheContainers() throws IOException {
        Body.markRead(request);
        assertLeftAlone();
    }

    @Test
    void bodyOverHttp2IsTheContainers() throws IOException {
        request.protocol = "HTTP/2.0";
        assertLeftAlone();
    }

    @Test
    void requestThatIsAnsweredLaterIsLeftToWhoeverAnswersIt() throws IOException {
        request.asyncStarted = true;
        leave();
        assertThat(request.response.committed).isFalse();
    }

    @Test
    void whereNothingMayBeAsynchronousNothingIs() throws IOException {
        request.asyncSupported = false;
        assertLeftAlone();
    }

    private void assertLeftAlone() throws IOException {
        leave();
        assertThat(request.response.committed).isFalse();
        assertThat(request.response.headers).isEmpty();
        assertThat(request.asyncStarted).isFalse();
    }

    private void leave() throws IOException {
        UnreadBody.leave(request, request.response.servlets());
    }

    private static ReadListener reader(HeldRequest request) {
        return requireNonNull(request.reader);
    }

    private interface Call {
        void to(AsyncListener container) throws IOException;
    }

    private static void calling(HeldRequest request, Call call) {
        try {
            call.to(requireNonNull(request.container));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
