package dev.tidings.http.access;

import dev.tidings.http.Methods;
import dev.tidings.http.SeeOther;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Makes the browser forget its token: {@code POST /logout}. Whether it had one does not matter.
 *
 * <p>The token itself stays good until it expires; the hub keeps no list of tokens, neither good nor bad.
 * Only {@link OwnPages} may log somebody out.
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
        ownPages.require(request);
        cookie.remove(request, response);
        SeeOther.to(request, response, "/");
    }
}
