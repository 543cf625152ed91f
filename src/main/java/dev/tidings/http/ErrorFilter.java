package dev.tidings.http;

import dev.tidings.hub.FailureLog;
import dev.tidings.logging.Logs;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * The outermost filter: turns whatever was thrown into an answer.
 *
 * <p>{@link Problem#of} gives an exception its status. An exception that is no refusal is a fault of ours: the
 * server's log gets the whole of it, and the client learns nothing of the inside. When an answer has begun already,
 * the exception goes on to the container. It cuts the connection, so that the client does not take a part for the
 * whole. A client that has gone meanwhile is no fault.
 *
 * <p>The answer to {@code OPTIONS} is made of the 405: both list the methods of an address. At the end, {@link
 * UnreadBody} takes care of a body that was not read.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class ErrorFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private static final System.Logger LOG = Logs.of(ErrorFilter.class);

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            requireUnambiguous(request);
            requireNoBodyWhereNoneIsRead(request);
            chain.doFilter(request, new Refusing(request, response));
        } catch (Throwable thrown) {
            // One that is a refusal already, of the container itself, is as good as ours.
            if (response.isCommitted() && response.getStatus() < 400) {
                throw thrown;
            }
            answer(request, response, thrown);
            if (request.isAsyncStarted()) {
                request.getAsyncContext().complete();
                return;
            }
        }
        UnreadBody.leave(request, response);
    }

    /** Answers with the problem that this exception is, unless an answer has begun. */
    static void answer(HttpServletRequest request, HttpServletResponse response, Throwable thrown) throws IOException {
        if (response.isCommitted() && thrown instanceof IOException) {
            // The client has gone, which is no fault of the hub's.
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "a client has gone before its answer was written",
                    RedactedException.ofTokens(thrown));
            return;
        }
        Problem problem = Problem.of(thrown);
        if (problem.status() == 500) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "failed: " + request.getMethod() + " " + request.getRequestURI(),
                    RedactedException.ofTokens(thrown));
        } else if (Problem.isLackOfMemory(thrown)) {
            FailureLog.error(LOG, "a request failed for lack of memory", thrown);
        }
        if (response.isCommitted()) {
            return;
        }
        if (problem.status() == 405 && request.getMethod().equals("OPTIONS")) {
            // It asks what a refusal of its method says anyway.
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            response.setHeader("Allow", problem.headers().get("Allow") + ", OPTIONS");
            response.setHeader("Cache-Control", "no-store");
        } else {
            write(request, response, problem);
        }
    }

    /**
     * Jetty throws when it is asked for the parts of a path that it cannot tell apart, where its connector lets such an
     * address through and its servlets were not told to.
     */
    private static void requireUnambiguous(HttpServletRequest request) {
        try {
            request.getServletPath();
            request.getPathInfo();
        } catch (IllegalArgumentException ambiguous) {
            throw new Problem(
                    HttpServletResponse.SC_BAD_REQUEST,
                    "The path of this address is ambiguous; write it without encoded slashes and the like.");
        }
    }

    /**
     * The body of a {@code GET} means nothing (RFC 9110, section 9.3.1). Streams and pages never read one, and a
     * connection on which it waits serves nothing else.
     */
    private static void requireNoBodyWhereNoneIsRead(HttpServletRequest request) {
        if (Methods.isSafe(request) && Body.isUnread(request)) {
            throw new Problem(
                    HttpServletResponse.SC_BAD_REQUEST,
                    request.getMethod() + " takes no body; put what you ask for into the query.");
        }
    }

    private static void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        try {
            ProblemWriter.write(request, response, problem);
        } catch (OutOfMemoryError still) {
            // Then the status alone, which takes no memory.
            if (response.isCommitted()) {
                throw still;
            }
            response.resetBuffer();
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            response.setContentLength(0);
        }
    }

    /**
     * Answers what a servlet of the container's refuses as all other problems are answered: Jetty shows its error page,
     * and so our form of errors, to some methods only. It throws nothing, since Jetty's servlet for files takes what is
     * thrown for a failure of its own; and 304, which that servlet sends this way too, is no refusal.
     */
    private static final class Refusing extends HttpServletResponseWrapper {

        private final HttpServletRequest request;
        private final HttpServletResponse response;

        Refusing(HttpServletRequest request, HttpServletResponse response) {
            super(response);
            this.request = request;
            this.response = response;
        }

        @Override
        public void sendError(int status) throws IOException {
            if (status == SC_NOT_MODIFIED) {
                // Not as an error, for that would take the headers away that are there already.
                setStatus(status);
            } else if (status < 400 || isCommitted()) {
                super.sendError(status);
            } else {
                ProblemWriter.write(request, response, new Problem(status, Problem.detail(status)));
            }
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            sendError(status);
        }
    }
}
