package dev.tidings.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A failure without its message, for a log. A message may quote the address of a request, and an address may hold a
 * token. The class and the stack trace are enough to find the cause.
 */
final class RedactedException extends Exception {

    private static final long serialVersionUID = 1;

    private RedactedException(Throwable told) {
        super(told.getClass().getName(), told.getCause() == null ? null : new RedactedException(told.getCause()));
        setStackTrace(told.getStackTrace());
    }

    /** The same failure, or one without words where these may hold a token. */
    static Throwable ofTokens(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (mayHoldAToken(each.getMessage())) {
                return new RedactedException(failure);
            }
        }
        return failure;
    }

    private static boolean mayHoldAToken(@Nullable String message) {
        String said = message == null ? "" : message.toLowerCase(Locale.ROOT);
        return TokenSource.QUERY_FIELDS.stream().anyMatch(field -> said.contains(field + "="));
    }
}
