package dev.tidings.app;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;

/**
 * Puts servlets into the context, each behind the filter that decides who reaches it.
 *
 * <p>Such a filter is bound to the names of its servlets and to no address. Containers choose the servlet by one
 * spelling of a path and filters by another, so a filter at an address would not protect the servlet there. A servlet
 * cannot be added without its {@link Access}.
 *
 * <p><b>Threads.</b> The container's, one at a time.
 */
final class ServletRegistrar {

    private final ServletContext context;

    ServletRegistrar(ServletContext context) {
        this.context = context;
    }

    /** Adds a filter before every servlet and address, for requests of these dispatcher types. */
    void before(Filter filter, String name, DispatcherType first, DispatcherType... rest) {
        filter(name, filter).addMappingForUrlPatterns(EnumSet.of(first, rest), true, "/*");
    }

    /** Returns the access that this filter gives. */
    Access behind(String name, Filter filter) {
        return new Access(context, filter(name, filter));
    }

    /** Returns the access that everybody has. */
    Access open() {
        return new Access(context, null);
    }

    private FilterRegistration filter(String name, Filter filter) {
        var registration = context.addFilter(name, filter);
        registration.setAsyncSupported(true);
        return registration;
    }
}
