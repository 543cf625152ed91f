package dev.tidings.ops;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Warns of what only a request can show: each thing once, at the first request that shows it.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class RequestChecks extends HttpFilter {

    private static final long serialVersionUID = 1;

    /** Those that have found nothing so far. */
    private final transient List<RequestCheck> open;

    private final transient Consumer<String> warn;

    /** @param warn gets a sentence for the operator */
    public RequestChecks(List<RequestCheck> checks, Consumer<String> warn) {
        this.open = new CopyOnWriteArrayList<>(checks);
        this.warn = warn;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        for (RequestCheck check : open) {
            String finding = check.finding().apply(request);
            // Of two requests at once, one gets to remove it.
            if (finding != null && open.remove(check)) {
                warn.accept(finding);
            }
        }
        chain.doFilter(request, response);
    }
}
