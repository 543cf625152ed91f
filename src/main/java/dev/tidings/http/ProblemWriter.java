package dev.tidings.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;

/**
 * Writes a problem as the whole answer to a request: {@code application/problem+json}, or a page with
 * the same text ({@link ProblemPage}) for a client that prefers {@code text/html}: a browser that navigates. No cache
 * keeps either form.
 *
 * <p><b>Threads.</b> The request's.
 */
final class ProblemWriter {

    private static final String POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";
    private static final String HTML = "text/html";
    private static final String PROBLEM_JSON = "application/problem+json";

    private ProblemWriter() {}

    /** Answers with this problem instead of what the response holds so far, which must not be committed. */
    static void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        ErrorCounts.add(request.getServletContext(), problem.status());
        RefusalLog log = RefusalLog.of(request.getServletContext());
        if (log != null) {
            log.refused(request, problem);
        }
        response.resetBuffer();
        response.setStatus(problem.status());
        response.setHeader("Cache-Control", "no-store");
        ResponseBody.forbidSniffing(response);
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("Referrer-Policy", "no-referrer");
        problem.headers().forEach(response::setHeader);
        if (Body.isUnread(request)) {
            response.setHeader("Connection", "close");
        }
        ProblemPage page = prefersPage(request) ? ProblemPage.of(request.getServletContext()) : null;
        if (page == null) {
            // Encoded here and not by Jackson, whose encoder fails on half a surrogate pair that a client sent.
            byte[] body = json(problem).getBytes(UTF_8);
            response.setContentType(PROBLEM_JSON);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        } else {
            page.write(request, response, problem);
        }
        // At once, since a container may first wait for the rest of a body that is not read.
        response.flushBuffer();
    }

    private static boolean prefersPage(HttpServletRequest request) {
        String accept = String.join(",", Collections.list(request.getHeaders("Accept")));
        double json = Math.max(Accept.weight(accept, PROBLEM_JSON), Accept.weight(accept, "application/json"));
        return Accept.weight(accept, HTML) > json;
    }

    private static String json(Problem problem) {
        var members = new LinkedHashMap<String, Object>();
        members.put("type", "about:blank");
        members.put("title", problem.title());
        members.put("status", problem.status());
        members.put("detail", problem.detail());
        if (problem.field() != null) {
            members.put("field", problem.field());
        }
        return Json.text(members) + '\n';
    }
}
