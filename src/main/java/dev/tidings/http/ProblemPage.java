package dev.tidings.http;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Shows a {@link Problem} to a browser that navigates.
 *
 * <p>Pages import this package, so it cannot import them; yet every servlet may have to answer with a problem. So the
 * page is an attribute of the context, which they all share. A context without one answers in JSON.
 *
 * <p><b>Threads.</b> Any.
 */
@FunctionalInterface
public interface ProblemPage {

    /**
     * Writes the page into a response that has its status already. The texts of the problem may quote what the client
     * sent.
     */
    void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException;

    /** Makes it the page of this context. */
    default void serve(ServletContext context) {
        context.setAttribute(ProblemPage.class.getName(), this);
    }

    /** The page of this context, or null when it has none. */
    static @Nullable ProblemPage of(ServletContext context) {
        return (ProblemPage) context.getAttribute(ProblemPage.class.getName());
    }
}
