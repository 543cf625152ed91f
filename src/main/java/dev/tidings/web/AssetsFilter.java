package dev.tidings.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Says of our scripts and styles, which the container serves, that they are what they say they are, and that a browser
 * is to ask whether its copy is still good: otherwise a page of a new version would meet scripts of the old one.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class AssetsFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-cache");
        chain.doFilter(request, response);
    }
}
