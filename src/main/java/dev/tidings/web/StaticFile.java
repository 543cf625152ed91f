package dev.tidings.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.auth.Digest;
import dev.tidings.http.Methods;
import dev.tidings.http.Problem;
import dev.tidings.http.ResponseBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;

/**
 * Answers with a file of the WAR.
 *
 * <p>A browser asks each time whether its copy is still good. Otherwise a page of a new version could run scripts of
 * the old one.
 *
 * <p><b>Threads.</b> The container's.
 */
final class StaticFile {

    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

    private StaticFile() {}

    /**
     * Answers GET and HEAD with the whole file, or with 304 if the client has it already.
     *
     * @param path where the file is in the WAR
     * @param type the value of {@code Content-Type}
     * @throws Problem 404 if there is no such file, 405 for another method
     */
    static void answer(HttpServletRequest request, HttpServletResponse response, String path, String type)
            throws IOException {
        try (InputStream in = request.getServletContext().getResourceAsStream(path)) {
            if (in == null) {
                throw Problem.notFound();
            }
            Methods.requireRead(request);
            answer(request, response, type, in.readAllBytes());
        }
    }

    /** The same for a file that pages of every origin may read, since it is the same for all hubs of this version. */
    static void answerEverybody(HttpServletRequest request, HttpServletResponse response, String path, String type)
            throws IOException {
        if (response.getHeader(ALLOW_ORIGIN) == null) {
            // No filter has named an origin that may read more than this.
            response.setHeader(ALLOW_ORIGIN, "*");
        }
        answer(request, response, path, type);
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response, String type, byte[] bytes)
            throws IOException {
        String tag = '"' + new Digest().add(new String(bytes, UTF_8)).name() + '"';
        response.setHeader("ETag", tag);
        response.setHeader("Cache-Control", "no-cache");
        ResponseBody.forbidSniffing(response);
        if (Collections.list(request.getHeaders("If-None-Match")).stream().anyMatch(known -> known.contains(tag))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        ResponseBody.write(response, type, bytes);
    }
}
