package dev.tidings.web;

import dev.tidings.http.Problem;
import dev.tidings.http.ProblemPage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * The page that says what went wrong, with the same links as every other page.
 *
 * <p><b>Threads.</b> Any.
 */
public final class ErrorPage implements ProblemPage {

    private final Page page = Page.of("error.html");
    private final Page refusedLogin = Page.of("error-login.html");
    private final boolean demo;

    /** @param demo whether there are feeds to link to */
    public ErrorPage(boolean demo) {
        this.demo = demo;
    }

    @Override
    public void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        // An error may be at an address of any depth. So its links begin at the root of the server.
        (isLogin(request) ? refusedLogin : page)
                .inside(request.getServletContext().getContextPath() + "/", demo)
                .with(Map.of("heading", problem.status() + " " + problem.title(), "detail", problem.detail()))
                .writeTo(response);
    }

    /** Without JavaScript a refused login is a page of its own. It has the form again. */
    private static boolean isLogin(HttpServletRequest request) {
        return request.getMethod().equals("POST") && request.getServletPath().equals("/login");
    }
}
