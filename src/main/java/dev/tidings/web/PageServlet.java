package dev.tidings.web;

import dev.tidings.auth.DemoTokens;
import dev.tidings.http.Methods;
import dev.tidings.http.proxy.OriginalRequest;
import dev.tidings.http.proxy.TrustedProxies;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows one page of ours. It is the same for every visitor. Its script finds out who is logged in.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** The context, seen from a page right below it. */
    private static final String HERE = "./";

    private static final String CONSOLE = "console.html";

    private final transient Page page;

    /** Whether the page has a form, whose posts a filter answers. */
    private final boolean form;

    private final transient TrustedProxies proxies;

    private PageServlet(Page page, String root, boolean demo, boolean form, TrustedProxies proxies) {
        this.form = form;
        this.page = page.inside(root, demo);
        this.proxies = proxies;
    }

    /**
     * Shows the home page: what this is and how to begin. Without a key it says which setting is missing.
     *
     * @param configured whether there is a key to verify tokens with
     * @param demo the ready-made tokens of demo mode, which is otherwise null
     * @param proxies the proxies that may report which address the browser sees
     */
    public static PageServlet home(boolean configured, @Nullable DemoTokens demo, TrustedProxies proxies) {
        if (demo == null) {
            return new PageServlet(
                    Page.of(configured ? "home.html" : "unconfigured.html"), HERE, false, false, proxies);
        }
        return new PageServlet(Page.of("demo.html").with(Map.of("alice", demo.alice())), HERE, true, false, proxies);
    }

    /** Shows the login page, with the ready-made tokens of demo mode, which are otherwise null. */
    public static PageServlet login(@Nullable DemoTokens demo, TrustedProxies proxies) {
        if (demo == null) {
            return new PageServlet(Page.of("login.html"), HERE, false, true, proxies);
        }
        return new PageServlet(
                Page.of("login-demo.html")
                        .with(Map.of("alice", demo.alice(), "bob", demo.bob(), "operator", demo.operator())),
                HERE,
                true,
                true,
                proxies);
    }

    /** Shows the console, which loads without a token and then asks to log in. It begins with the overview. */
    public static PageServlet console(boolean demo, TrustedProxies proxies) {
        return new PageServlet(Page.of(CONSOLE), HERE, demo, false, proxies);
    }

    /** Shows the same document at the address of one of its other pages, {@code /console/…}. */
    public static PageServlet consolePage(boolean demo, TrustedProxies proxies) {
        return new PageServlet(Page.of(CONSOLE), "../", demo, false, proxies);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getRequestURI().equals(request.getContextPath())) {
            // Not every container redirects to the slash by itself. Without it the page's relative links are wrong.
            redirect("/", request, response);
            return;
        }
        if (form) {
            Methods.requireReadBesidePost(request);
        } else {
            Methods.requireRead(request);
        }
        show(page, proxies, request, response);
    }

    /** Redirects to a path below the context's. A whole address would be made of headers that the client sent. */
    static void redirect(String path, HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader("Location", request.getServletContext().getContextPath() + path);
        response.setContentLength(0);
    }

    /** Writes this page with the address that the browser sees. */
    static void show(Page page, TrustedProxies proxies, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        page.with(Map.of("url", base(proxies.original(request), request))).writeTo(response);
    }

    /** Returns the address of the context as the browser sees it. The paths of all addresses follow it. */
    private static String base(OriginalRequest original, HttpServletRequest request) {
        return original.site() + request.getServletContext().getContextPath();
    }
}
