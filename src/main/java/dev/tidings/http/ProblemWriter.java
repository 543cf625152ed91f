package dev.tidings.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;

/**
 * Writes a problem as the whole answer to a request: {@code application/problem+json}, or a page with
 * the same text ({@link ProblemPage}) for those who would rather have {@code text/html}, which is to say a
 * browser that navigates. No cache keeps either form.
 *
 * <p><b>Threads.</b> The request's.
 */
final class ProblemWriter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";
    private static final String HTML = "text/html";
    private static final String PROBLEM_JSON = "application/problem+json";

    private ProblemWriter() {}

    /** Answers with this problem instead of what the response holds so far, which must not be committed. */
    static void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        response.resetBuffer();
        response.setStatus(problem.status());
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
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
        // At once, for a container may first wait for the rest of a body that nobody reads.
        response.flushBuffer();
    }

    private static boolean prefersPage(HttpServletRequest request) {
        String accept = String.join(",", Collections.list(request.getHeaders("Accept")));
        double json = Math.max(Accept.weight(accept, PROBLEM_JSON), Accept.weight(accept, "application/json"));
        return Accept.weight(accept, HTML) > json;
    }

    private static String json(Problem problem) throws IOException {
        var members = new LinkedHashMap<String, Object>();
        members.put("type", "about:blank");
        members.put("title", problem.title());
        members.put("status", problem.status());
        members.put("detail", problem.detail());
        if (problem.field() != null) {
            members.put("field", problem.field());
        }
<<<<<<< HEAD
        return JSON.writeValueAsString(members) + '\n';
=======
        return JSON.writeValueAsString(members);
    }

    private static String html(HttpServletRequest request, Problem problem) {
        String heading = problem.status() + " " + problem.title();
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <link rel="icon" href="%3$s/assets/tidings.svg">
                <link rel="stylesheet" href="%3$s/assets/tidings.css">
                <title>%1$s · Tidings</title>
                </head>
                <body>
                <main>
                <h1>%1$s</h1>
                <p>%2$s</p>
                <p><a href="%3$s/">Home</a></p>
                </main>
                </body>
                </html>
                """.formatted(
                        heading,
                        Html.escape(problem.detail()),
                        Html.escape(request.getServletContext().getContextPath()));
>>>>>>> doors
    }
}
