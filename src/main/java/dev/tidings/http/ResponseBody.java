package dev.tidings.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Writes the body of an answer. Browsers take it for what its type says, and never guess another type from its bytes.
 *
 * <p><b>Threads.</b> The request's.
 */
public final class ResponseBody {

    private ResponseBody() {}

    /**
     * Writes the whole body of an answer.
     *
     * @param type the value of {@code Content-Type}
     */
    public static void write(HttpServletResponse response, String type, byte[] body) throws IOException {
        response.setContentType(type);
        response.setContentLength(body.length);
        forbidSniffing(response);
        response.getOutputStream().write(body);
    }

    /** Has browsers believe the type of a body that is written later. */
    public static void forbidSniffing(HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
    }
}
