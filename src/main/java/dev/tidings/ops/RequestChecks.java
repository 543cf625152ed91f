package dev.tidings.ops;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Warns of what only a request can show: each thing once, at the first request that shows it.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class RequestChecks extends HttpFilter {

    private static final long serialVersionUID = 1;

    /** A check, and whether it has found something. */
    private record Pending(RequestCheck check, AtomicBoolean said) {}

    private final transient List<Pending> checks;
    private final transient Consumer<String> warn;

    /** @param warn gets a sentence for the operator */
    public RequestChecks(List<RequestCheck> checks, Consumer<String> warn) {
        this.checks = checks.stream()
                .map(check -> new Pending(check, new AtomicBoolean()))
                .toList();
        this.warn = warn;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        for (Pending pending : checks) {
            if (!pending.said.get()) {
                String finding = pending.check.finding().apply(request);
                // Of many requests at once, one gets to say it.
                if (finding != null && pending.said.compareAndSet(false, true)) {
                    warn.accept(finding);
                }
            }
        }
        chain.doFilter(request, response);
    }
}
