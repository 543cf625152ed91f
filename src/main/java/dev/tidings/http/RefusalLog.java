package dev.tidings.http;

import dev.tidings.auth.Grant;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.PublishRequest;
import dev.tidings.http.proxy.TrustedProxies;
import dev.tidings.logging.LogLine;
import dev.tidings.logging.Logs;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes a line into the container's log for each request, and each frame of a WebSocket, that the hub has refused, with the
 * cause that its sender was told.
 *
 * <p>Strangers can have as much refused as they like, and must not fill a disk. So of each status one line a minute is {@code
 * INFO}, which says how many more there were since the last; all others are {@code DEBUG}. Those of 404 are {@code DEBUG}
 * always, for somebody asks every server for what it has not. So are those of 500, since the failure itself is in the log.
 *
 * <p>No line has an address that was asked for, or a query: both may hold a token. It has the pattern of the address that the
 * hub knows. The logger is {@value #NAME}.
 *
 * <p><b>Threads.</b> Any.
 */
public final class RefusalLog {

    /** The name of the logger. */
    public static final String NAME = "dev.tidings.refusals";

    private static final String ATTRIBUTE = RefusalLog.class.getName();
    private static final System.Logger LOG = Logs.of(NAME);

    /** How long after a line of a status that is INFO the next may come. */
    private static final long QUIET = TimeUnit.MINUTES.toNanos(1);

    private static final int FIRST = 400;
    private static final int LAST = 599;

    private final TrustedProxies proxies;
    private final LongSupplier nanoTime;
    private final OfOne[] byStatus = new OfOne[LAST - FIRST + 1];

    /** The refusals with one status. */
    private static final class OfOne {

        private long unsaid;
        private long saidAt;
        private boolean said;
    }

    /**
     * @param proxies who may say where a request comes from
     * @param nanoTime a clock that only goes forward, as {@link System#nanoTime}
     */
    public RefusalLog(TrustedProxies proxies, LongSupplier nanoTime) {
        this.proxies = proxies;
        this.nanoTime = nanoTime;
        for (int i = 0; i < byStatus.length; i++) {
            byStatus[i] = new OfOne();
        }
    }

    /** Has the refusals of this application written from now on. */
    public void write(ServletContext context) {
        context.setAttribute(ATTRIBUTE, this);
    }

    /** The log of an application, or null if it has none. */
    public static @Nullable RefusalLog of(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof RefusalLog log ? log : null;
    }

    /** A request is refused. */
    void refused(HttpServletRequest request, Problem problem) {
        long more = due(problem.status());
        if (more >= 0 || LOG.isLoggable(Level.DEBUG)) {
            Authentication sender = Authentication.find(request);
            Grant grant = sender == null ? null : sender.grant();
            LogLine line = LogLine.of("request refused")
                    .add("status", problem.status())
                    .add("method", request.getMethod())
                    .add("path", pattern(request))
                    .add("user", grant == null ? null : grant.user())
                    .add("address", address(request))
                    .add("detail", problem.detail())
                    .add("traceparent", PublishRequest.traceparent(TraceHeader.of(request)));
            log(more, line);
        }
    }

    /**
     * A frame of a WebSocket is refused.
     *
     * @param client the id of its client
     */
    public void frameRefused(String client, @Nullable String user, Problem problem) {
        long more = due(problem.status());
        if (more >= 0 || LOG.isLoggable(Level.DEBUG)) {
            log(
                    more,
                    LogLine.of("frame refused")
                            .add("status", problem.status())
                            .add("client", client)
                            .add("user", user)
                            .add("detail", problem.detail()));
        }
    }

    private static void log(long more, LogLine line) {
        LOG.log(more >= 0 ? Level.INFO : Level.DEBUG, more > 0 ? line.add("more", more) : line);
    }

    /** How many refusals with this status were no INFO since the last that was; below 0 if this one is none either. */
    private long due(int status) {
        if (status == 404 || status == 500 || status < FIRST || status > LAST) {
            return -1;
        }
        OfOne one = byStatus[status - FIRST];
        synchronized (one) {
            long now = nanoTime.getAsLong();
            if (one.said && now - one.saidAt < QUIET) {
                one.unsaid++;
                return -1;
            }
            long more = one.unsaid;
            one.said = true;
            one.saidAt = now;
            one.unsaid = 0;
            return more;
        }
    }

    /** That of the servlet that was asked: the hub's own words, and none of the client's. */
    private static @Nullable String pattern(HttpServletRequest request) {
        try {
            return request.getHttpServletMapping().getPattern();
        } catch (IllegalArgumentException ambiguous) {
            // Jetty refuses to look at the path.
            return null;
        }
    }

    private String address(HttpServletRequest request) {
        try {
            return proxies.original(request).address();
        } catch (InvalidRequestException malformed) {
            return request.getRemoteAddr();
        }
    }
}
