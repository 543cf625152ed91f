package dev.tidings.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes a JSON document as the whole answer to a request; no cache keeps it. */
public final class JsonAnswer {

    private JsonAnswer() {}

    /**
     * Answers with this document.
     *
     * @param value what Jackson makes a document of: maps, lists, texts, numbers
     */
    public static void write(HttpServletResponse response, int status, Object value) throws IOException {
        write(response, status, document(value));
    }

    /** The document as the bytes that {@link #write} sends: one line, so that a terminal's next prompt has its own. */
    public static byte[] document(Object value) {
        return (Json.text(value) + '\n').getBytes(StandardCharsets.UTF_8);
    }

    /** Answers with a document that was made before. */
    public static void write(HttpServletResponse response, int status, byte[] body) throws IOException {
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        ResponseBody.write(response, "application/json", body);
    }
}
