package dev.tidings.http.access;

import dev.tidings.http.Methods;
import dev.tidings.http.SeeOther;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Makes the browser forget its token: {@code POST /logout}. The answer is the same if it had none.
 *
 * <p>The token itself stays good until it expires. Only {@link OwnPages} may log a visitor out.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class LogoutServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient TokenCookie cookie;
    private final transient OwnPages ownPages;

    public LogoutServlet(TokenCookie cookie, OwnPages ownPages) {
        this.cookie = cookie;
        this.ownPages = ownPages;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        Methods.require(request, "POST");
        ownPages.requireForm(request);
        cookie.remove(request, response);
        SeeOther.to(request, response, "/");
    }
}
