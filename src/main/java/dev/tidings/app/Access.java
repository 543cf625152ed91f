package dev.tidings.app;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * Who may reach a servlet: the requests that a filter lets pass, or all.
 *
 * <p><b>Threads.</b> The container's, one at a time.
 *
 * @param filter the filter before the servlet, or null for none
 */
record Access(ServletContext context, @Nullable FilterRegistration filter) {

    /** Puts a servlet at these paths, with this access. */
    void to(String name, Servlet servlet, String... paths) {
        var registration = context.addServlet(name, servlet);
        registration.setAsyncSupported(true);
        registration.addMapping(paths);
        if (filter != null) {
            filter.addMappingForServletNames(EnumSet.of(DispatcherType.REQUEST), true, name);
        }
    }
}
