package dev.tidings.http;

import jakarta.servlet.http.HttpServletRequest;

/**
 * A form that was posted: {@code application/x-www-form-urlencoded}, in UTF-8, as it is.
 *
 * <p><b>Threads.</b> The request's.
 */
public final class PostedForm {

    static final String TYPE = "application/x-www-form-urlencoded";

    /** {@code %0A}: how long one byte may become. */
    private static final long ESCAPE = 3;

    private PostedForm() {}

    /**
     * Reads the body of a request that takes nothing but a form.
     *
     * @param maxDataBytes the most bytes that its data may have
     * @throws Problem 415 when the body is something else, 413 when it is too large
     */
    public static Query read(HttpServletRequest request, int maxDataBytes) {
        ContentType type = ContentType.of(request);
        if (!type.mediaType().equals(TYPE)) {
            throw ContentType.unsupported(
                    "The content type \"" + type.mediaType() + "\" is not read here; send a form, " + TYPE + ".");
        }
        type.requireReadable(request);
        return Query.parseForm(text(new Body(request), maxDataBytes));
    }

    /** The form as it came. */
    static String text(Body body, int maxDataBytes) {
        return body.text(ESCAPE * ((long) maxDataBytes + PublishReader.FIELDS_BYTES));
    }
}
