package dev.tidings.http;

import dev.tidings.logging.Logs;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Gives what the container refuses by itself (an unknown address, a method, a request it could not
 * read) the form of all other errors.
 *
 * <p>The container's own message is not passed on: it may quote the address, and an address may hold a
 * token. It also answers every address that no other servlet has, whatever the method, with 404.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class ErrorServlet extends HttpServlet {

    /** Where the container sends what it refuses, as web.xml says. */
    public static final String PATH = "/error";

    private static final long serialVersionUID = 1;

    private static final System.Logger LOG = Logs.of(ErrorServlet.class);

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            // A stream that broke off: no answer can reach its client.
            return;
        }
        try {
            answer(request, response);
        } catch (IOException gone) {
            // Tomcat would log this as an error of the hub's.
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "a client has gone before its answer was written",
                    RedactedException.ofTokens(gone));
        }
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int status = code instanceof Integer given ? given : 404;
        Object thrown = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        boolean memory = thrown instanceof Throwable failure && Problem.isLackOfMemory(failure);
        ProblemWriter.write(
                request,
                response,
                memory ? Problem.of((Throwable) thrown) : new Problem(status, Problem.detail(status)));
        if (request.getDispatcherType() == DispatcherType.ERROR) {
            // No filter sees to it when the container has refused by itself.
            UnreadBody.leave(request, response);
        }
    }
}
