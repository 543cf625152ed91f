package dev.tidings.app;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * Who may reach a servlet: whoever a filter lets pass, or everybody.
 *
 * @param filter what stands before the servlets, or null for nothing
 */
record Access(ServletContext context, @Nullable FilterRegistration filter) {

    /** Gives it to a servlet at these paths. */
    void to(String name, Servlet servlet, String... paths) {
        var registration = context.addServlet(name, servlet);
        registration.setAsyncSupported(true);
        registration.addMapping(paths);
        if (filter != null) {
            filter.addMappingForServletNames(EnumSet.of(DispatcherType.REQUEST), true, name);
        }
    }
}
