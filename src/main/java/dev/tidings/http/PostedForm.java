package dev.tidings.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A form that was posted: {@code application/x-www-form-urlencoded}, in UTF-8, as it is.
 *
 * <p><b>Threads.</b> The request's.
 */
public final class PostedForm {

    public static final String TYPE = "application/x-www-form-urlencoded";

    /** {@code %0A}: how long one byte may become. */
    private static final long ESCAPE = 3;

    private PostedForm() {}

    /**
     * Has a request answered that takes nothing but a form, when that is there.
     *
     * @param bodies reads it
     * @param maxDataBytes the most bytes that its data may have
     * @param receiver answers the request
     * @throws Problem 415 when the body is something else, 413 when it is too large
     */
    public static void receive(
            HttpServletRequest request,
            HttpServletResponse response,
            Bodies bodies,
            int maxDataBytes,
            Receiver receiver)
            throws IOException {
        ContentType type = ContentType.of(request);
        if (!type.mediaType().equals(TYPE)) {
            throw type.unsupportedFor("a form, " + TYPE);
        }
        type.requireReadable(request);
        receive(request, response, bodies, Authentication.of(request).name(), maxBytes(maxDataBytes), receiver);
    }

    /**
     * Has a request answered when its form is there, of which the caller has seen that it is one.
     *
     * @param sender names the sender of the form, for the bounds of {@code bodies}
     * @param maxBytes the most bytes that the form may have
     * @throws Problem 413 when it is too large
     */
    public static void receive(
            HttpServletRequest request,
            HttpServletResponse response,
            Bodies bodies,
            String sender,
            long maxBytes,
            Receiver receiver)
            throws IOException {
        bodies.receive(
                request, response, sender, maxBytes, body -> receiver.receive(Query.parseForm(body.text(maxBytes))));
    }

    /** The most bytes of a form, given the most that its data may have. */
    public static long maxBytes(int maxDataBytes) {
        return ESCAPE * ((long) maxDataBytes + Body.FIELDS_BYTES);
    }

    /** Answers a request whose form is there. */
    @FunctionalInterface
    public interface Receiver {

        /** Answers it. An exception becomes an answer as at every door. */
        void receive(Query form) throws IOException;
    }
}
