package dev.tidings.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that are waited for, as a container sees it. */
class BodyArrivalTest {

    private static final int MAX_BYTES = 10 * 64 * 1024;

    /** One caller may have 250 bytes of bodies under way. */
    private final Bodies bodies = new Bodies(16, 1_000, Duration.ofSeconds(10));

    private final HeldRequest request = new HeldRequest();
    private final List<String> received = new ArrayList<>();

    @Test
    void bodyIsReceivedWhenAllOfItIsThere() throws IOException {
        receive(request.there(40));
        request.arrive(60);
        assertThat(received).isEmpty();
        requireNonNull(request.reader).onAllDataRead();
        assertThat(received).containsExactly("\0".repeat(100));
        assertOver(200);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1, 100, , 10",
        "HTTP/1.1, 65536, , 11",
        "HTTP/1.1, 655360, , 20",
        "HTTP/1.1, -1, chunked, 20",
        "HTTP/2.0, -1, , 20"
    })
    void bodyMayTakeAsLongAsItsLengthAllows(String protocol, long length, String framing, long seconds)
            throws IOException {
        request.protocol = protocol;
        request.length = length;
        request.headers.put("Transfer-Encoding", framing);
        receive(request);
        assertThat(request.timeoutMillis).isEqualTo(seconds * 1_000);
    }

    @Test
    void bodyMayHaveExactlyTheMost() throws IOException {
        assertStatusOf(MAX_BYTES, 200);
    }

    @Test
    void bodyMayNotHaveAByteMore() throws IOException {
        assertStatusOf(MAX_BYTES + 1, 413);
    }

    @Test
    void bodyThatDoesNotComeInTimeIsRefusedAndOver() throws IOException {
        receive(request.there(7));
        requireNonNull(request.container).onTimeout(null);
        assertThat(request.response.text()).contains("7 bytes arrived");
        assertOver(408);
    }

    @Test
    void bodyThatBreaksOffIsRefusedAndOver() throws IOException {
        receive(request);
        requireNonNull(request.reader).onError(new IOException("as if"));
        assertOver(400);
    }

    @Test
    void requestThatFailsInItsContainerHoldsNoPlace() throws IOException {
        receive(request);
        requireNonNull(request.container).onError(null);
        assertOver(200);
        assertThat(received).isEmpty();
    }

    @Test
    void requestThatItsContainerEndsHoldsNoPlace() throws IOException {
        receive(request);
        requireNonNull(request.container).onComplete(null);
        assertThat(bodies.waiting()).isZero();
    }

    @Test
    void requestThatIsOverAlreadyIsLeftInPeace() throws IOException {
        receive(request);
        request.over = true;
        requireNonNull(request.reader).onAllDataRead();
        assertThat(received).hasSize(1);
    }

    @Test
    void requestThatCannotBeAnsweredLaterHoldsNoPlace() {
        request.asyncSupported = false;
        assertThatIllegalStateException().isThrownBy(() -> receive(request));
        assertThat(bodies.waiting()).isZero();
    }

    @Test
    void allThatIsThereOfACallersBodiesCounts() throws IOException {
        request.length = 1_000;
        receive(request.there(100));
        request.arrive(140);

        var second = new HeldRequest();
        receive(second);
        second.arrive(10);
        assertThat(second.response.committed).isFalse();
        second.arrive(1);
        assertThat(second.response.status).isEqualTo(503);
        assertThat(second.response.headers).containsEntry("Retry-After", "1");
    }

    @Test
    void whatIsThereOfABodyAlreadyMayBeTooMuch() throws IOException {
        request.length = 1_000;
        receive(request.there(240));

        var second = new HeldRequest();
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> receive(second.there(11)));
        assertThat(bodies.waiting()).isOne();
    }

    private void assertStatusOf(int size, int status) throws IOException {
        request.length = -1;
        request.headers.put("Transfer-Encoding", "chunked");
        receive(request);
        request.arrive(size);
        requireNonNull(request.reader).onAllDataRead();
        assertOver(status);
        assertThat(received).hasSize(status == 200 ? 1 : 0);
    }

    private void assertOver(int status) {
        assertThat(request.response.status).isEqualTo(status);
        assertThat(request.completed).isOne();
        assertThat(bodies.waiting()).isZero();
    }

    private void receive(HeldRequest from) throws IOException {
        bodies.receive(
                from, from.response.servlets(), "alice", MAX_BYTES, body -> received.add(body.text(Long.MAX_VALUE)));
    }
}
