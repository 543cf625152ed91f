package dev.tidings.http.access;

import dev.tidings.auth.Grant;
import dev.tidings.http.Authentication;
import dev.tidings.http.ErrorFilter;
import dev.tidings.http.proxy.TrustedProxies;
import dev.tidings.http.publish.PublishingHub;
import dev.tidings.testing.InProcessJetty;
import dev.tidings.testing.OwnSite;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.Tokens;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A site in this JVM with login and logout. Its address {@code /door} needs a token, and changes something at every request
 * of any method.
 *
 * <p>Raw requests to it are for {@link #HOST}. Pages of {@link #PUBLISHER} and below example.org may publish.
 */
final class CookieSite implements AutoCloseable {

    static final String HOST = "hub.example.com";
    static final String PUBLISHER = "https://app.example.net";
    static final String TOKEN = Tokens.user("alice").jwt();
    static final String WITH_COOKIE = "Cookie: mercureAuthorization=" + TOKEN;

    /** A whole answer. */
    record Answer(ResponseHead head, String body) {

        int status() {
            return head.status();
        }
    }

    private final AtomicInteger changes = new AtomicInteger();
    private final InProcessJetty jetty;

    /** A site with the default settings behind these proxies. */
    CookieSite(String... proxies) {
        this(TrustedProxies.of(List.of(proxies)));
    }

    private CookieSite(TrustedProxies proxies) {
        this("", new TokenCookie("mercureAuthorization", "Strict", "auto", proxies, Clock.systemUTC()), proxies);
    }

    /** A site below a path that uses this cookie. */
    CookieSite(String path, TokenCookie cookie) {
        this(path, cookie, OwnSite.NO_PROXIES);
    }

    private CookieSite(String path, TokenCookie cookie, TrustedProxies proxies) {
        OwnPages pages = OwnSite.pages(proxies, PUBLISHER, "https://*.example.org");
        var door = new HttpServlet() {
            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
                changes.incrementAndGet();
                Grant grant = Authentication.of(request).grant();
                response.getOutputStream()
                        .print((grant == null ? null : grant.user()) + " "
                                + Authentication.of(request).source());
            }
        };
        var page = new HttpServlet() {
            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                response.getOutputStream().print("the form");
            }
        };
        jetty = new InProcessJetty()
                .filter("/*", new ErrorFilter())
                .filter("/login", OwnSite.login(PublishingHub.verifier(), cookie, pages))
                .filter("/door", new AuthFilter(PublishingHub.verifier(), false, cookie, pages))
                .servlet("/login", page)
                .servlet("/logout", new LogoutServlet(cookie, pages))
                .servlet("/door", door);
        if (!path.isEmpty()) {
            jetty.under(path);
        }
        jetty.start();
    }

    URI uri() {
        return jetty.uri();
    }

    /** Returns how often something was changed at {@code /door}. */
    int changes() {
        return changes.get();
    }

    /** Sends a request with exactly these header lines beside the {@code Host} and returns its answer. */
    Answer send(String method, String target, String... headers) {
        return exchange(method, target, "Content-Length: 0", headers);
    }

    /** Posts a form from a page of ours. */
    Answer postForm(String target, String form, String... headers) {
        String length = "Origin: http://" + HOST + "\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: " + form.length();
        return exchange("POST", target, length, headers, form);
    }

    private Answer exchange(String method, String target, String first, String[] headers, String... body) {
        var request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        if (Stream.of(headers).noneMatch(header -> header.startsWith("Host:"))) {
            request.append("Host: " + HOST + "\r\n");
        }
        request.append(first).append("\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        request.append("\r\n").append(String.join("", body));
        try (RawClient client = RawClient.connect(jetty.uri())) {
            ResponseHead head = client.send(request.toString()).head();
            return new Answer(head, method.equals("HEAD") ? "" : client.text(head));
        }
    }

    @Override
    public void close() {
        jetty.close();
    }
}
