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
 * The rest of a request that was answered before its body was read: a refusal, or a request that needs none.
 *
 * <p>Left to itself, a container may hold a thread to wait for that body, as Tomcat does. So the body is thrown away
 * as it comes, for {@link #LIMIT} at most, and no thread is held for it; then the connection is closed. A sender that
 * is in the middle of it can read the answer meanwhile.
 *
 * <p><b>Threads.</b> The container's, which calls for one thing at a time.
 */
final class UnreadBody implements ReadListener, AsyncListener {

    static final Duration LIMIT = Duration.ofSeconds(5);

    private static final System.Logger LOG = Logs.of(UnreadBody.class);

    private static final int BUFFER_BYTES = 8 * 1024;

    private final HttpServletRequest request;
    private final AsyncContext async;
    private final AtomicBoolean completed = new AtomicBoolean();

    private UnreadBody(HttpServletRequest request, AsyncContext async) {
        this.request = request;
        this.async = async;
    }

    /**
     * Sends the answer, which is ready. If the body was not read, throws it away as it comes and closes the
     * connection.
     */
    static void leave(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!Body.isUnread(request) || request.isAsyncStarted() || !request.isAsyncSupported()) {
            return;
        }
        if (!response.isCommitted()) {
            response.setHeader("Connection", "close");
        }
        response.flushBuffer();
        if (isRefusedInsteadOfAsked(request, response)) {
            return;
        }
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(LIMIT.toMillis());
        var rest = new UnreadBody(request, async);
        async.addListener(rest);
        request.getInputStream().setReadListener(rest);
    }

    /**
     * Whether the sender asked first (RFC 9110, section 10.1.1) and was refused: it has its answer, and containers wait
     * for nothing more. They do wait where they do not heed the question: in HTTP/1.0, or when the answer is a good
     * one.
     */
    private static boolean isRefusedInsteadOfAsked(HttpServletRequest request, HttpServletResponse response) {
        return "100-continue".equalsIgnoreCase(request.getHeader("Expect"))
                && request.getProtocol().equals("HTTP/1.1")
                && response.getStatus() >= 300;
    }

    @Override
    public void onDataAvailable() throws IOException {
        ServletInputStream in = request.getInputStream();
        var buffer = new byte[BUFFER_BYTES];
        while (in.isReady() && !in.isFinished()) {
            if (in.read(buffer) < 0) {
                return;
            }
        }
    }

    @Override
    public void onAllDataRead() {
        complete();
    }

    @Override
    public void onError(Throwable failure) {
        complete();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        complete();
    }

    @Override
    public void onError(AsyncEvent event) {
        complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}

    private void complete() {
        if (completed.compareAndSet(false, true)) {
            try {
                async.complete();
            } catch (IllegalStateException over) {
                LOG.log(System.Logger.Level.DEBUG, "a request was over already", over);
            }
        }
    }
}
