package dev.tidings.web;

import dev.tidings.auth.DemoTokens;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The home page: what this is and whether it is configured, with a live stream and a form to try it.
 *
 * <p>Without a key it says which setting is missing and how to set it; in demo mode it offers ready-made
 * tokens.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class HomeServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient Page page;

    /**
     * @param configured whether there is a key to verify tokens with
     * @param demo the ready-made tokens of demo mode, or null
     */
    public HomeServlet(boolean configured, @Nullable DemoTokens demo) {
        if (demo != null) {
            page = Page.of("demo.html")
                    .with(Map.of("alice", demo.alice(), "bob", demo.bob(), "operator", demo.operator()));
        } else {
            page = Page.of(configured ? "home.html" : "unconfigured.html");
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        if (!request.getRequestURI().endsWith("/")) {
            // Not every container leads to the slash by itself, and without it the page's links lead elsewhere.
            response.sendRedirect(request.getContextPath() + "/");
            return;
        }
        page.with(Map.of("url", base(request))).writeTo(response);
    }

    /** The address of the context, as the browser wrote it: what stands before the paths of all doors. */
    private static String base(HttpServletRequest request) {
        String url = request.getRequestURL().toString();
        String origin = url.substring(0, url.length() - request.getRequestURI().length());
        return origin + request.getContextPath();
    }
}
