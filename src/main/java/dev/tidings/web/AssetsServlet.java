package dev.tidings.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.auth.Digest;
import dev.tidings.http.Methods;
import dev.tidings.http.Problem;
import dev.tidings.http.ResponseBody;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves our scripts, styles and images, and no other file of the WAR: {@code GET /assets/…}.
 *
 * <p>A browser asks each time whether its copy is still good. Otherwise a page of a new version could run scripts of
 * the old one.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class AssetsServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final String FOLDER = "/assets";

    /** Each dot stands between two names, so that no path leads out of the folder. */
    private static final Pattern FILE =
            Pattern.compile("(?:/[a-z0-9-]+(?:\\.[a-z0-9-]+)*)*/[a-z0-9-]+(?:\\.[a-z0-9-]+)*\\.([a-z]+)");

    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "svg", "image/svg+xml");

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        Matcher file = FILE.matcher(path);
        String type = file.matches() ? TYPES.get(file.group(1)) : null;
        if (type == null) {
            throw Problem.notFound();
        }
        try (InputStream in = getServletContext().getResourceAsStream(FOLDER + path)) {
            if (in == null) {
                throw Problem.notFound();
            }
            Methods.requireRead(request);
            answer(request, response, type, in.readAllBytes());
        }
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
