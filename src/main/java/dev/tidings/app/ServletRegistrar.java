package dev.tidings.app;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;

/**
 * Puts servlets into the context, each behind the filters that decide who reaches it.
 *
 * <p>Such a filter is bound to its servlets, by their names, and to no address: containers choose the servlet by one
 * spelling of a path and filters by another, so that an address is no wall. There is no way to add a servlet here
 * without saying who may reach it ({@link Access}).
 *
 * <p><b>Threads.</b> The container's, one at a time.
 */
final class ServletRegistrar {

    private final ServletContext context;

    ServletRegistrar(ServletContext context) {
        this.context = context;
    }

    /** Adds a filter before every servlet, whatever the address, for requests that come by one of these ways. */
    void before(Filter filter, String name, DispatcherType first, DispatcherType... rest) {
        filter(name, filter).addMappingForUrlPatterns(EnumSet.of(first, rest), true, "/*");
    }

    /** The access that this filter gives. */
    Access behind(String name, Filter filter) {
        return new Access(context, filter(name, filter));
    }

    /** The access that everybody has. */
    Access open() {
        return new Access(context, null);
    }

    private FilterRegistration filter(String name, Filter filter) {
        var registration = context.addFilter(name, filter);
        registration.setAsyncSupported(true);
        return registration;
    }
}
