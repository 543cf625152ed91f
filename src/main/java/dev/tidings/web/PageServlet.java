package dev.tidings.web;

import dev.tidings.auth.DemoTokens;
import dev.tidings.http.Methods;
import dev.tidings.http.proxy.Sender;
import dev.tidings.http.proxy.TrustedProxies;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows one page of ours. It is the same for everybody: who is logged in, its script finds out.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient Page page;
    private final boolean form;
    private final transient TrustedProxies proxies;

    private PageServlet(Page page, boolean demo, boolean form, TrustedProxies proxies) {
        this.form = form;
        this.page = page.inside("./", demo);
        this.proxies = proxies;
    }

    /**
     * The home page: what this is and how to begin; without a key, which setting is missing and how to set it.
     *
     * @param configured whether there is a key to verify tokens with
     * @param demo whether the hub is in demo mode
     * @param proxies who may say which address the browser sees
     */
    public static PageServlet home(boolean configured, boolean demo, TrustedProxies proxies) {
        String file = demo ? "demo.html" : configured ? "home.html" : "unconfigured.html";
        return new PageServlet(Page.of(file), demo, false, proxies);
    }

    /** The login page, with ready-made tokens in demo mode: then they are given, otherwise null. */
    public static PageServlet login(@Nullable DemoTokens demo, TrustedProxies proxies) {
        if (demo == null) {
            return new PageServlet(Page.of("login.html"), false, true, proxies);
        }
        return new PageServlet(
                Page.of("login-demo.html")
                        .with(Map.of("alice", demo.alice(), "bob", demo.bob(), "operator", demo.operator())),
                true,
                true,
                proxies);
    }

    /** The console, which loads without a token and then asks to log in. */
    public static PageServlet console(boolean demo, TrustedProxies proxies) {
        return new PageServlet(Page.of("console.html"), demo, false, proxies);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getRequestURI().equals(request.getContextPath())) {
            // Not every container leads to the slash by itself, and without it the page's links lead elsewhere.
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

    /** Leads to a path below the context's. By the path alone: a whole address would be made of what the client sent. */
    static void redirect(String path, HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader("Location", request.getServletContext().getContextPath() + path);
        response.setContentLength(0);
    }

    /** Answers a request to read this page. */
    static void show(Page page, TrustedProxies proxies, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        page.with(Map.of("url", base(proxies.sender(request), request))).writeTo(response);
    }

    /** The address of the context, as the browser wrote it: what stands before the paths of all doors. */
    private static String base(Sender sender, HttpServletRequest request) {
        return sender.site() + request.getServletContext().getContextPath();
    }
}
