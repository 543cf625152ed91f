package dev.tidings.web;

import dev.tidings.http.Problem;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * Serves the module with which pages and programs read and publish, {@code GET /tidings.js}, and its types for
 * TypeScript, {@code GET /tidings.d.ts}.
 *
 * <p>Everybody may read them, pages of every origin too. They are the same for all hubs of this version, and say nothing
 * of this one. What a page may then ask of the hub is decided as for every other page.
 *
 * <p>The files stand with a {@code package.json} in a folder of their own, which {@code npm pack} makes a package of.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class ModuleServlet extends HttpServlet {

    /** Where the module is, below the context path. */
    public static final String PATH = "/tidings.js";

    /** Where its types are. */
    public static final String TYPES_PATH = "/tidings.d.ts";

    private static final long serialVersionUID = 1;

    private static final String FOLDER = "/WEB-INF/npm";

    private static final Map<String, String> TYPES =
            Map.of(PATH, "text/javascript;charset=utf-8", TYPES_PATH, "text/plain;charset=utf-8");

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getServletPath();
        String type = TYPES.get(path);
        if (type == null) {
            throw Problem.notFound();
        }
        StaticFile.answerEverybody(request, response, FOLDER + path, type);
    }
}
