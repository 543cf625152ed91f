package dev.tidings.http;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;

/**
 * Reads the bodies of requests, and holds no thread while a body has not arrived.
 *
 * <p>A body that came with its head is taken at once. For one that did not, the request goes asynchronous, and the
 * container calls when there is something ({@link BodyArrival}). What is waited for is bounded ({@link WaitingBodies}),
 * and so is the wait: a sender that drips a byte now and then is given up like one that sends nothing (408).
 *
 * <p>Whatever can be refused by the head is refused before the body is touched, so that a publisher that asks first
 * ({@code Expect: 100-continue}) hears of it before it sends.
 *
 * <p><b>Threads.</b> Any.
 */
public final class Bodies {

    /** How fast a body is expected to come at least, after the time that each is given. */
    private static final long BYTES_PER_SECOND = 64 * 1024;

    private static final int MOST_AHEAD_BYTES = 64 * 1024;
    private static final int BUFFER_BYTES = 8 * 1024;

    private final WaitingBodies waiting;
    private final Duration patience;

    /**
     * @param mostBodies how many may be waited for; one caller gets a quarter
     * @param mostBytes how much of them may be there meanwhile
     * @param patience how long one may take, and longer by what it takes to send it at {@value #BYTES_PER_SECOND} bytes
     *     a second
     */
    public Bodies(int mostBodies, long mostBytes, Duration patience) {
        this.waiting = new WaitingBodies(mostBodies, mostBytes);
        this.patience = patience;
    }

    /**
     * Has a request answered when its body is there: before this returns, or later by a thread of the container's.
     *
     * @param caller the sender of the body, for the bounds
     * @param maxBytes the most that it may have
     * @throws Problem 411 when the request can have no body, 413 when the body says that it is longer, 429 or 503 when
     *     too many are waited for
     */
    public void receive(
            HttpServletRequest request,
            HttpServletResponse response,
            String caller,
            long maxBytes,
            BodyReceiver receiver)
            throws IOException {
        long length = request.getContentLengthLong();
        if (!Body.isAnnounced(request)) {
            throw new Problem(
                    411, "This needs a body, and the request has none: it has neither a Content-Length nor chunks.");
        }
        if (length > maxBytes) {
            throw Body.tooLarge(maxBytes);
        }
        // Room for as much as is announced, up to a bound: what is announced is not sent yet.
        var bytes = new BodyBytes((int) Math.min(Math.max(length, 0), MOST_AHEAD_BYTES));
        takeWhatIsThere(request, length, bytes);
        if (bytes.size() == length) {
            Body.markRead(request);
            Authentication.requireStillGood(request);
            receiver.receive(bytes.toBody());
            return;
        }
        WaitingBodies.Wait wait = waiting.enter(caller);
        long most = length < 0 ? maxBytes : length;
        Duration limit = patience.plusSeconds(most / BYTES_PER_SECOND);
        new BodyArrival(request, response, bytes, maxBytes, wait, receiver).await(limit);
    }

    /** How many requests wait for their bodies. */
    int waiting() {
        return waiting.count();
    }

    /** A body in chunks is left out: what is there may be no more than the head of a chunk, and a read might wait. */
    private static void takeWhatIsThere(HttpServletRequest request, long length, BodyBytes bytes) {
        var buffer = new byte[(int) Math.min(Math.max(length, 0), BUFFER_BYTES)];
        try {
            ServletInputStream in = request.getInputStream();
            while (bytes.size() < length && in.available() > 0) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, length - bytes.size()));
                if (count < 0) {
                    throw Body.brokenOff(request);
                }
                bytes.write(buffer, 0, count);
            }
        } catch (IOException brokenOff) {
            throw Body.brokenOff(request);
        }
    }
}
