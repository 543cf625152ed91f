package dev.tidings.feed;

import dev.tidings.http.Methods;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Cancels the present answer: {@code POST /feeds/answer/cancel}. It needs no token. The status is 204, also when there
 * was nothing to cancel.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class CancelServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient AnswerFeed answers;

    public CancelServlet(AnswerFeed answers) {
        this.answers = answers;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        Methods.require(request, "POST");
        answers.cancel();
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
