package dev.tidings.feed;

import dev.tidings.event.PublishRequest;
import dev.tidings.http.Methods;
import dev.tidings.publish.PublishService;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Publishes {@code hello 1}, {@code hello 2} and so on, one event for each {@code GET /say}. It needs no token.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class HelloFeed extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient PublishService publishing;
    private final AtomicLong count = new AtomicLong();

    public HelloFeed(PublishService publishing) {
        this.publishing = publishing;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Methods.require(request, "GET");
        String hello = "hello " + count.incrementAndGet();
        publishing.passOwn(new PublishRequest(List.of(Feed.PREFIX + "/hello"), null, hello, null, null, false));
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("text/plain;charset=utf-8");
        response.getWriter().write(hello);
    }
}
