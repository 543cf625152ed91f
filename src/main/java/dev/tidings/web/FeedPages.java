package dev.tidings.web;

import dev.tidings.http.Methods;
import dev.tidings.http.Problem;
import dev.tidings.http.proxy.TrustedProxies;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows the feeds of demo mode: an index at {@code /feeds}, and below it a page for each. A page shows its own code:
 * the script that it loads, and the source of the class that publishes.
 *
 * <p>To add a page, add a line here, its markup {@code feed-….html} to the resources, and its script to the assets.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class FeedPages extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final List<FeedPage> PAGES = List.of(
            new FeedPage("clock", "A clock", "ClockFeed.java"),
            new FeedPage("greeting", "Greetings", "GreetingFeed.java"),
            new FeedPage("ping", "A cut connection", "PingFeed.java"),
            new FeedPage("progress", "Progress", "ProgressFeed.java"),
            new FeedPage("hello", "An event on request", "HelloFeed.java"),
            new FeedPage("notification", "Notifications", "NotificationFeed.java"),
            new FeedPage("json", "JSON over many lines", "JsonFeed.java"),
            new FeedPage("log", "A log tail", "LogFeed.java"),
            new FeedPage("answer", "A model's answer", "AnswerFeed.java"),
            new FeedPage("prices", "A price board", "PricesFeed.java"),
            new FeedPage("monitor", "A monitor", "MonitorFeed.java"),
            new FeedPage("online", "Who is here", "OnlineFeed.java"),
            new FeedPage("websocket", "Both directions", "ClockFeed.java"));

    private final boolean demo;
    private final transient TrustedProxies proxies;
    private final transient Map<String, Page> pages = new LinkedHashMap<>();

    /**
     * @param demo whether there are feeds. Without them every address here says how to turn them on
     * @param proxies the proxies that may report which address the browser sees
     */
    public FeedPages(boolean demo, TrustedProxies proxies) {
        this.demo = demo;
        this.proxies = proxies;
    }

    @Override
    public void init() {
        if (demo) {
            ServletContext context = getServletContext();
            pages.put("", Page.of("feeds.html").inside("./", true));
            int count = PAGES.size();
            for (int i = 0; i < count; i++) {
                FeedPage page = PAGES.get(i);
                FeedPage before = PAGES.get((i + count - 1) % count);
                pages.put("/" + page.path(), page.read(context, before, PAGES.get((i + 1) % count)));
            }
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!demo) {
            throw Problem.notFound(
                    "The feeds are part of demo mode, which is off. To turn it on, remove the key and set"
                            + " tidings.demo=true (the environment variable TIDINGS_DEMO=true). Do so only where strangers"
                            + " cannot reach the hub.");
        }
        @Nullable String path = request.getPathInfo();
        if ("/".equals(path)) {
            // The links of the index are relative to the address without the slash.
            PageServlet.redirect("/feeds", request, response);
            return;
        }
        Page page = pages.get(path == null ? "" : path);
        if (page == null) {
            throw Problem.notFound();
        }
        Methods.requireRead(request);
        PageServlet.show(page, proxies, request, response);
    }
}
