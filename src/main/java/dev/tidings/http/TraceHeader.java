package dev.tidings.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code traceparent} of W3C Trace Context, by which a publish becomes a part of a trace. */
public final class TraceHeader {

    private static final String NAME = "traceparent";

    private TraceHeader() {}

    /** What the one header of this request says, well-formed or not; null where there is none, or are several. */
    public static @Nullable String of(HttpServletRequest request) {
        Enumeration<String> given = request.getHeaders(NAME);
        String first = given.hasMoreElements() ? given.nextElement() : null;
        return given.hasMoreElements() ? null : first;
    }
}
