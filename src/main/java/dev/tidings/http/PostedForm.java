package dev.tidings.http;

import dev.tidings.http.publish.PublishReader;
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
     * @param door answers the request
     * @throws Problem 415 when the body is something else, 413 when it is too large
     */
    public static void receive(
            HttpServletRequest request, HttpServletResponse response, Bodies bodies, int maxDataBytes, Door door)
            throws IOException {
        ContentType type = ContentType.of(request);
        if (!type.mediaType().equals(TYPE)) {
            throw ContentType.unsupported(
                    "The content type \"" + type.mediaType() + "\" is not read here; send a form, " + TYPE + ".");
        }
        type.requireReadable(request);
        receive(request, response, bodies, Caller.of(request).name(), maxBytes(maxDataBytes), door);
    }

    /**
     * Has a request answered when its form is there, of which the caller has seen that it is one.
     *
     * @param sender whose form it is, for the bounds of {@code bodies}
     * @param maxBytes the most bytes that the form may have
     * @throws Problem 413 when it is too large
     */
    public static void receive(
            HttpServletRequest request,
            HttpServletResponse response,
            Bodies bodies,
            String sender,
            long maxBytes,
            Door door)
            throws IOException {
        bodies.receive(request, response, sender, maxBytes, body -> door.answer(Query.parseForm(body.text(maxBytes))));
    }

    /** The most bytes of a form whose data may have so many. */
    public static long maxBytes(int maxDataBytes) {
        return ESCAPE * ((long) maxDataBytes + PublishReader.FIELDS_BYTES);
    }

    /** What answers a request whose form is there. */
    @FunctionalInterface
    public interface Door {

        /** Answers it; what it throws is answered as everything is that a door throws. */
        void answer(Query form) throws IOException;
    }
}
