package dev.tidings.http.access;

import dev.tidings.http.ErrorFilter;
import dev.tidings.http.Problem;
import dev.tidings.logging.LogLine;
import dev.tidings.logging.Logs;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets pages of listed origins read answers and errors of this hub (the Fetch standard's CORS protocol).
 *
 * <p>The headers are set before any servlet sees the request. They are set again when the container dispatches to the
 * error page, which may be all that it does with a request. The filter stands behind {@link ErrorFilter}, which keeps
 * them.
 *
 * <p>Pages of listed origins may send the cookie along. {@code *} allows that to no page. Preflights are answered here,
 * since they have no token.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class CorsFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private static final String ORIGIN = "Origin";
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    private static final String METHODS = "GET, HEAD, POST, DELETE";
    private static final String HEADERS = "authorization, cache-control, content-type, idempotency-key, last-event-id,"
            + " x-requested-with, traceparent, tracestate, baggage, sentry-trace";
    private static final String EXPOSED = "Last-Event-ID, Link, Location, Retry-After, ETag";

    /** How long browsers keep the answer to a preflight, in seconds. Chromium keeps none for longer. */
    private static final String MAX_AGE = "7200";

    private static final System.Logger LOG = Logs.of(CorsFilter.class);

    /** A refused origin is named in the log once in this time, at most. */
    private static final Duration WARNING_INTERVAL = Duration.ofMinutes(1);

    private static final int MAX_LOGGED_ORIGIN = 200;

    private final transient AllowedOrigins origins;
    private final transient OwnPages ownPages;

    /** When an origin was last named, by {@link System#nanoTime}. */
    private final AtomicLong lastWarning = new AtomicLong(System.nanoTime() - WARNING_INTERVAL.toNanos());

    /**
     * @param origins the origins whose pages may read
     * @param ownPages the pages that need not be listed, since they are the hub's own
     */
    public CorsFilter(AllowedOrigins origins, OwnPages ownPages) {
        this.origins = origins;
        this.ownPages = ownPages;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!response.getHeaders("Vary").contains(ORIGIN)) {
            response.addHeader("Vary", ORIGIN);
        }
        boolean allowed = allow(request, response);
        if (!isPreflight(request)) {
            try {
                chain.doFilter(request, response);
            } finally {
                warnIfRefused(request, response);
            }
        } else if (allowed) {
            response.setHeader("Access-Control-Allow-Methods", METHODS);
            response.setHeader("Access-Control-Allow-Headers", HEADERS);
            response.setHeader("Access-Control-Max-Age", MAX_AGE);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            warnIfRefused(request, response);
            throw new Problem(
                    HttpServletResponse.SC_FORBIDDEN,
                    "Pages of this origin may not use this hub: it is not listed in tidings.cors.origins.");
        }
    }

    /** Looks at the answer, since a servlet may let every origin read what is public. */
    private void warnIfRefused(HttpServletRequest request, HttpServletResponse response) {
        List<String> given = Collections.list(request.getHeaders(ORIGIN));
        if (given.size() == 1 && response.getHeader(ALLOW_ORIGIN) == null) {
            warn(given.get(0), request);
        }
    }

    /** Names a refused origin in the log: an operator who forgot one reads the log sooner than a browser's console. */
    private void warn(String origin, HttpServletRequest request) {
        long now = System.nanoTime();
        long last = lastWarning.get();
        // Browsers name the origin of the hub's own pages, too, when these change something.
        if (now - last >= WARNING_INTERVAL.toNanos()
                && !ownPages.include(request)
                && lastWarning.compareAndSet(last, now)) {
            String beginning = origin.substring(0, Math.min(origin.length(), MAX_LOGGED_ORIGIN));
            LOG.log(
                    System.Logger.Level.WARNING,
                    LogLine.of("the hub refused a page of an origin; to let its pages read this hub, add it to"
                                    + " tidings.cors.origins")
                            .add("origin", beginning));
        }
    }

    private boolean allow(HttpServletRequest request, HttpServletResponse response) {
        List<String> given = Collections.list(request.getHeaders(ORIGIN));
        if (given.size() != 1) {
            return false;
        }
        String origin = given.get(0);
        if (origins.includes(origin)) {
            response.setHeader(ALLOW_ORIGIN, origin);
            response.setHeader("Access-Control-Allow-Credentials", "true");
        } else if (origins.includesEverybody()) {
            response.setHeader(ALLOW_ORIGIN, "*");
        } else {
            return false;
        }
        response.setHeader("Access-Control-Expose-Headers", EXPOSED);
        return true;
    }

    private static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS")
                && request.getHeader(ORIGIN) != null
                && request.getHeader("Access-Control-Request-Method") != null
                && request.getDispatcherType() == DispatcherType.REQUEST;
    }
}
