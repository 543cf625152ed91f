package dev.tidings.web;

import dev.tidings.http.Problem;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves our scripts, styles and images, and no other file of the WAR: {@code GET /assets/…}.
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
        StaticFile.answer(request, response, FOLDER + path, type);
    }
}
