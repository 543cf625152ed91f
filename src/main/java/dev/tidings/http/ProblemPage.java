package dev.tidings.http;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a browser that navigates is shown of a {@link Problem}.
 *
 * <p>Pages know this package and it knows no page, and whoever answers a request may have to say that it failed. So the
 * page is an attribute of the context, which is what they all have in common. A context without one answers everybody
 * in JSON.
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
