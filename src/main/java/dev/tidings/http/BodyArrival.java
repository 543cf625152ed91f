package dev.tidings.http;

import dev.tidings.logging.Logs;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One body on its way. It is collected as it comes. The request is answered when the body is whole, or when it is
 * clear that it will not be.
 *
 * <p>When a body was refused, what still comes of it is read and thrown away until the time is up. So its sender can
 * read the answer: a connection that is closed while bytes are unread takes the answer with it.
 *
 * <p><b>Threads.</b> The container's, which calls for one thing at a time.
 */
final class BodyArrival implements ReadListener, AsyncListener {

    private static final System.Logger LOG = Logs.of(BodyArrival.class);

    private static final int BUFFER_BYTES = 8 * 1024;

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final BodyBytes bytes;
    private final long maxBytes;
    private final WaitingBodies.Wait wait;
    private final BodyReceiver receiver;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicBoolean completed = new AtomicBoolean();

    /**
     * @param bytes what is there of it
     * @param maxBytes the most that it may have
     * @param wait counts it among those that are waited for
     */
    BodyArrival(
            HttpServletRequest request,
            HttpServletResponse response,
            BodyBytes bytes,
            long maxBytes,
            WaitingBodies.Wait wait,
            BodyReceiver receiver) {
        this.request = request;
        this.response = response;
        this.bytes = bytes;
        this.maxBytes = maxBytes;
        this.wait = wait;
        this.receiver = receiver;
    }

    /** Begins to wait, for no longer than that. */
    void await(Duration limit) throws IOException {
        try {
            wait.grow(bytes.size());
            AsyncContext async = request.startAsync(request, response);
            async.setTimeout(limit.toMillis());
            async.addListener(this);
            request.getInputStream().setReadListener(this);
        } catch (Throwable failure) {
            wait.end();
            throw failure;
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        ServletInputStream in = request.getInputStream();
        var buffer = new byte[BUFFER_BYTES];
        while (in.isReady() && !in.isFinished()) {
            // What it throws comes back to onError; before that Tomcat lets nothing be answered.
            int count = in.read(buffer);
            if (count < 0) {
                return;
            }
            take(buffer, count);
        }
    }

    @Override
    public void onAllDataRead() {
        Body.markRead(request);
        answer(() -> {
            Authentication.requireStillGood(request);
            receiver.receive(bytes.toBody());
        });
        complete();
    }

    @Override
    public void onError(Throwable failure) {
        refuse(Body.brokenOff(request));
        complete();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        refuse(new Problem(408, "The body did not come in time: " + bytes.size() + " bytes arrived. Send it again."));
        complete();
    }

    @Override
    public void onError(AsyncEvent event) {
        wait.end();
        complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        wait.end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}

    private void take(byte[] buffer, int count) {
        if (answered.get()) {
            return;
        }
        try {
            wait.grow(count);
            bytes.write(buffer, 0, count);
            if (bytes.size() > maxBytes) {
                throw Body.tooLarge(maxBytes);
            }
        } catch (Problem tooMuch) {
            refuse(tooMuch);
        }
    }

    private void refuse(Problem problem) {
        answer(() -> {
            bytes.reset();
            throw problem;
        });
    }

    /** Answers once; a later answer is dropped. */
    private void answer(Answer answer) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        wait.end();
        try {
            try {
                answer.write();
            } catch (Throwable thrown) {
                ErrorFilter.answer(request, response, thrown);
            }
        } catch (IOException | RuntimeException gone) {
            LOG.log(System.Logger.Level.DEBUG, "an answer could not be written", gone);
        }
    }

    private void complete() {
        if (completed.compareAndSet(false, true)) {
            try {
                request.getAsyncContext().complete();
            } catch (IllegalStateException over) {
                LOG.log(System.Logger.Level.DEBUG, "a request was over already", over);
            }
        }
    }

    private interface Answer {
        void write() throws IOException;
    }
}
