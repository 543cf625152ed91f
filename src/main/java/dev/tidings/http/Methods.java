package dev.tidings.http;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Refuses methods that an address does not take.
 *
 * <p>The refusal lists the methods that it takes (405). {@link ErrorFilter} makes the answer to {@code OPTIONS} of it.
 *
 * <p><b>Threads.</b> Any.
 */
public final class Methods {

    private static final String READ = "GET, HEAD";

    private Methods() {}

    /** Whether the request changes nothing (RFC 9110, section 9.2.1). */
    public static boolean isSafe(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    /**
     * Returns when the request reads: {@code GET} or {@code HEAD}.
     *
     * @throws Problem 405 for another method
     */
    public static void requireRead(HttpServletRequest request) {
        requireReadBeside(request, READ);
    }

    /**
     * Returns when the request reads, at an address where a filter answers {@code POST}.
     *
     * @throws Problem 405 for another method
     */
    public static void requireReadBesidePost(HttpServletRequest request) {
        requireReadBeside(request, READ + ", POST");
    }

    /**
     * Returns when the request has this one method.
     *
     * @throws Problem 405 for another method
     */
    public static void require(HttpServletRequest request, String method) {
        if (!request.getMethod().equals(method)) {
            throw Problem.methodNotAllowed(request.getMethod(), method);
        }
    }

    private static void requireReadBeside(HttpServletRequest request, String allowed) {
        if (!isSafe(request)) {
            throw Problem.methodNotAllowed(request.getMethod(), allowed);
        }
    }
}
