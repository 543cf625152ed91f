package dev.tidings.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Serves the description of all addresses, for programs and the tools of developers: {@code GET /openapi.yaml}.
 *
 * <p>Everybody may read it, pages of every origin too, since it is the same for all hubs of this version and says
 * nothing of this one.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class OpenApiServlet extends HttpServlet {

    /** Where it is, below the context path. */
    public static final String PATH = "/openapi.yaml";

    private static final long serialVersionUID = 1;

    /** RFC 9512. It is UTF-8 without a charset. */
    private static final String TYPE = "application/yaml";

    private static final String FILE = "/WEB-INF/openapi.yaml";

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        StaticFile.answerEverybody(request, response, FILE, TYPE);
    }
}
