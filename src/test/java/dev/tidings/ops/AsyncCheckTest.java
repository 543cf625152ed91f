package dev.tidings.ops;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On Jetty; {@code StartChecksIT} has the same of Tomcat. */
class AsyncCheckTest {

    @ParameterizedTest
    @ValueSource(strings = {"/*", "/events", "/events/*", "/ws", "/.well-known/*", "/msg"})
    void filterThatKeepsStreamsFromOpeningIsWarnedOf(String pattern) throws Exception {
        assertThat(warnings(pattern, false))
                .singleElement()
                .asString()
                .contains("The filter foreign", "<async-supported>true</async-supported>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/*", "/events"})
    void filterThatSupportsThemIsFine(String pattern) throws Exception {
        assertThat(warnings(pattern, true)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/other/*", "/eventsx", "*.jsp", "/event", "/console"})
    void filterElsewhereIsFine(String pattern) throws Exception {
        assertThat(warnings(pattern, false)).isEmpty();
    }

    /** As the hub asks: when the server starts, and from a listener. */
    private static List<String> warnings(String pattern, boolean supported) throws Exception {
        var context = new ServletContextHandler();
        var holder = new FilterHolder((Filter) (request, response, chain) -> chain.doFilter(request, response));
        holder.setName("foreign");
        holder.setAsyncSupported(supported);
        context.addFilter(holder, pattern, EnumSet.of(DispatcherType.REQUEST));
        var warnings = new ArrayList<String>();
        context.addEventListener(new ServletContextListener() {
            @Override
            public void contextInitialized(ServletContextEvent event) {
                warnings.addAll(AsyncCheck.warnings(event.getServletContext(), new TomcatBeans().server()));
            }
        });
        var server = new Server();
        server.setHandler(context);
        try {
            server.start();
        } finally {
            server.stop();
        }
        return warnings;
    }
}
