package dev.tidings.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;

/**
 * The whole body of a request.
 *
 * <p>{@link Bodies} reads it. Until it has, nothing touches the body of a request: touching it is what lets the
 * container answer {@code 100 Continue}.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class Body {

    /** The body of a request that has none. */
    public static final Body EMPTY = new Body(new byte[0], 0);

    /** The most bytes of a body that are left for the fields of an event beside its data, before they are escaped. */
    public static final int FIELDS_BYTES = 64 * 1024;

    private static final String READ = Body.class.getName();

    private final byte[] bytes;
    private final int length;

    /** @param length how many of the bytes count; they must not be changed any more */
    Body(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    /**
     * The body as strict UTF-8.
     *
     * @param maxBytes the most that it may have
     * @throws Problem 413 when it has more
     */
    public String text(long maxBytes) {
        if (length > maxBytes) {
            throw tooLarge(maxBytes);
        }
        return Utf8.decode(bytes, length, "body");
    }

    /**
     * Whether a request may have a body at all (RFC 9112, section 6.3): it says how long, even if 0, or sends it in
     * chunks. HTTP/2 needs neither.
     */
    static boolean isAnnounced(HttpServletRequest request) {
        return request.getContentLengthLong() >= 0
                || request.getHeader("Transfer-Encoding") != null
                || !isVersion1(request);
    }

    /** Remembers that nothing of this request's body is left. */
    static void markRead(HttpServletRequest request) {
        request.setAttribute(READ, true);
    }

    /**
     * Whether a part of the body may be unread, on a connection that serves one request at a time. The container
     * would take that part for the next request.
     */
    static boolean isUnread(HttpServletRequest request) {
        return isVersion1(request)
                && isAnnounced(request)
                && request.getContentLengthLong() != 0
                && request.getAttribute(READ) == null;
    }

    static Problem tooLarge(long maxBytes) {
        return new Problem(413, "The body has more than " + maxBytes + " bytes, the most that is read here.");
    }

    /** The refusal of a body of which only a part came. */
    static Problem brokenOff(HttpServletRequest request) {
        // Tomcat leaves this, and would answer 500 for it, whatever we say.
        request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
        return new Problem(400, "The body broke off before its end.", Map.of(), "body");
    }

    private static boolean isVersion1(HttpServletRequest request) {
        return request.getProtocol().startsWith("HTTP/1.");
    }
}
