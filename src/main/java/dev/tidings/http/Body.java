package dev.tidings.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * The body of a request, which nobody has touched yet: touching it is what lets the container answer
 * {@code 100 Continue}.
 *
 * <p><b>Threads.</b> The request's.
 */
final class Body {

    private static final int BUFFER_BYTES = 8 * 1024;
    private static final int MOST_AHEAD_BYTES = 64 * 1024;

    private final HttpServletRequest request;

    Body(HttpServletRequest request) {
        this.request = request;
    }

    /**
     * Reads it whole, as strict UTF-8; once.
     *
     * @param maxBytes the most that it may have; one that announces more is not touched, one that does not
     *     announce its length is read no further than that
     * @throws Problem 413 when it has more
     */
    String text(long maxBytes) {
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge(maxBytes);
        }
        byte[] bytes = read(maxBytes);
        if (bytes.length > maxBytes) {
            throw tooLarge(maxBytes);
        }
        return Utf8.decode(bytes, bytes.length, "body");
    }

    /** Reads no further than it takes to know that there is too much. */
    private byte[] read(long maxBytes) {
        // As much as is announced, but who announces much has not sent it yet.
        long announced = Math.max(request.getContentLengthLong(), 0);
        var bytes = new ByteArrayOutputStream((int) Math.min(announced, MOST_AHEAD_BYTES));
        var buffer = new byte[BUFFER_BYTES];
        try {
            // Not readNBytes: that asks for no bytes at its end, and Tomcat then waits for some.
            InputStream in = request.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                bytes.write(buffer, 0, count);
                if (bytes.size() > maxBytes) {
                    break;
                }
            }
        } catch (IOException brokenOff) {
            // Tomcat leaves this, and would answer 500 for it, whatever we say.
            request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
            throw new Problem(400, "The body broke off before its end.", Map.of("Connection", "close"), "body");
        }
        return bytes.toByteArray();
    }

    private static Problem tooLarge(long maxBytes) {
        return Problem.bodyTooLarge("The body has more than the " + maxBytes + " bytes that are read here.");
    }
}
