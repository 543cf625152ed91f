package dev.tidings.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Redirects a browser that has posted something to a page (303).
 *
 * <p>The address is a path. A whole one would be made of a scheme and a host that a proxy may have changed.
 */
public final class SeeOther {

    private SeeOther() {}

    /**
     * Answers with where to go.
     *
     * @param path below the context's, with its slash
     */
    public static void to(HttpServletRequest request, HttpServletResponse response, String path) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", request.getServletContext().getContextPath() + path);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setContentLength(0);
    }
}
