package dev.tidings.http;

import static java.util.Objects.requireNonNullElse;

import dev.tidings.auth.ForbiddenException;
import dev.tidings.auth.KeysUnavailableException;
import dev.tidings.auth.TooManyTicketsException;
import dev.tidings.auth.UnauthorizedException;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.TooLargeException;
import dev.tidings.hub.DrainingException;
import dev.tidings.hub.KeyReusedException;
import dev.tidings.hub.LimitReachedException;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.RegistryUnavailableException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal, in the form in which clients get it (RFC 9457).
 *
 * <p>Doors throw it for what only HTTP can refuse: a method, a media type, the size of a body. What
 * other packages throw, {@link #of} turns into one. The title is the status's own phrase, for
 * the type is {@code about:blank}; everything a person needs is in the detail.
 *
 * <p>An answer, not a fault, so it carries no stack trace.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** So many causes are looked at; a chain may be a circle. */
    private static final int DEEPEST_CAUSE = 10;

    /** How long to stay away from a log or a registry that is down, in seconds. */
    private static final String LOG_RETRY_AFTER = "5";

    /** How long to wait until tickets may have been used, in seconds. */
    private static final String TICKETS_RETRY_AFTER = "5";

    /**
     * Made in advance: when it is needed there may be no memory to make it. It can be shared, since a problem has no
     * stack trace.
     */
    @SuppressWarnings("StaticAssignmentOfThrowable")
    private static final Problem NO_MEMORY = new Problem(
            503,
            "The hub is out of memory now. Try again later. If you were publishing, the event may be stored already:"
                    + " use the same Idempotency-Key.",
            Map.of("Retry-After", LOG_RETRY_AFTER));

    private final int status;
    private final String detail;
    private final transient Map<String, String> headers;
    private final @Nullable String field;

    public Problem(int status, String detail) {
        this(status, detail, Map.of());
    }

    /** @param headers what the response says beside it, such as {@code Allow} */
    public Problem(int status, String detail, Map<String, String> headers) {
        this(status, detail, headers, null);
    }

    /** @param field the field of the request that is at fault, or null where it is none in particular */
    public Problem(int status, String detail, Map<String, String> headers, @Nullable String field) {
        super(status + " " + detail, null, false, false);
        this.status = status;
        this.detail = detail;
        this.headers = Map.copyOf(headers);
        this.field = field;
    }

    /** The problem that this exception is. No other place gives exceptions their status. */
    public static Problem of(Throwable thrown) {
        String said = requireNonNullElse(thrown.getMessage(), "");
        if (isLackOfMemory(thrown)) {
            return NO_MEMORY;
        } else if (thrown instanceof Problem problem) {
            return problem;
        } else if (thrown instanceof InvalidRequestException invalid) {
            return new Problem(400, said, Map.of(), invalid.field());
        } else if (thrown instanceof UnauthorizedException unauthorized) {
            String challenge = unauthorized.tokenGiven() ? "Bearer error=\"invalid_token\"" : "Bearer";
            return new Problem(401, said, Map.of("WWW-Authenticate", challenge));
        } else if (thrown instanceof ForbiddenException) {
            return new Problem(403, said);
        } else if (thrown instanceof TooLargeException) {
            return new Problem(413, said);
        } else if (thrown instanceof KeysUnavailableException) {
            return new Problem(
                    503, said, Map.of("Retry-After", Integer.toString(KeysUnavailableException.RETRY_AFTER_SECONDS)));
        } else if (thrown instanceof TooManyTicketsException full) {
            return new Problem(full.isOfAll() ? 503 : 429, said, Map.of("Retry-After", TICKETS_RETRY_AFTER));
        } else if (thrown instanceof KeyReusedException) {
            return new Problem(422, said);
        } else if (thrown instanceof LimitReachedException reached) {
            String seconds = Long.toString(reached.retryAfter().toSeconds());
            return new Problem(reached.limit().isOfAll() ? 503 : 429, said, Map.of("Retry-After", seconds));
        } else if (thrown instanceof DrainingException) {
            return new Problem(503, said, Map.of("Retry-After", LOG_RETRY_AFTER));
        } else if (thrown instanceof RegistryUnavailableException) {
            return new Problem(503, said, Map.of("Retry-After", LOG_RETRY_AFTER));
        } else if (thrown instanceof LogUnavailableException) {
            return new Problem(
                    503,
                    "The hub cannot read or write its log now. Try again later. If you were publishing, the event may"
                            + " be stored already: use the same Idempotency-Key.",
                    Map.of("Retry-After", LOG_RETRY_AFTER));
        } else {
            return new Problem(500, "The hub failed at this request. Its own log says why.");
        }
    }

    /** Whether memory has run out, whatever was made of that on the way here. */
    static boolean isLackOfMemory(@Nullable Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** A method that a door does not take. */
    public static Problem methodNotAllowed(String method, String allowed) {
        return new Problem(
                405,
                "This address does not take the method " + method + "; it takes " + allowed + ".",
                Map.of("Allow", allowed));
    }

    /** An address that is none of ours. */
    public static Problem notFound() {
        return notFound(detail(404));
    }

    /** Something that is not here, and why. */
    public static Problem notFound(String detail) {
        return new Problem(404, detail);
    }

    /** Something needs a token, and there is no key to verify any with. */
    public static Problem noKey() {
        return new Problem(
                503,
                "This hub has no key to verify tokens with: the setting tidings.jwt.key is missing. Set the system"
                        + " property tidings.jwt.key, or the environment variable TIDINGS_JWT_KEY, and restart."
                        + " With a JWK set, set tidings.jwt.jwks-url instead.");
    }

    /** The same problem, whose detail begins with the part of the request that has it, such as {@code Line 3}. */
    public Problem at(String part) {
        return new Problem(status, part + ": " + detail, headers, field);
    }

    /** The status as HTTP has it. */
    public int status() {
        return status;
    }

    /** What a person needs to know. */
    public String detail() {
        return detail;
    }

    /** Header fields that the answer has beside those of every problem. */
    public Map<String, String> headers() {
        return headers;
    }

    @Nullable
    String field() {
        return field;
    }

    /** The status in words. */
    public String title() {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 408 -> "Request Timeout";
            case 411 -> "Length Required";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 415 -> "Unsupported Media Type";
            case 422 -> "Unprocessable Content";
            case 426 -> "Upgrade Required";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 503 -> "Service Unavailable";
            default -> status < 500 ? "Refused" : "Failed";
        };
    }

    /** The detail of a request that the container itself has refused. */
    static String detail(int status) {
        return switch (status) {
            case 400 -> "The server could not read this request: its address, headers or body are malformed.";
            case 404 ->
                "There is nothing at this address. Check it, and the context path that it begins with."
                        + " The file openapi.yaml at the hub's root describes every address.";
            case 405 -> "This address does not take this method.";
            case 414 -> "The address is longer than the server reads.";
            case 431 -> "The headers are longer than the server reads.";
            default -> status < 500 ? "The server refused this request." : "The server failed at this request.";
        };
    }
}
