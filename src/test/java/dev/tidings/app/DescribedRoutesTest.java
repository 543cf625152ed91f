package dev.tidings.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.OpenApi;
import jakarta.servlet.ServletContextEvent;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletMapping;
import org.junit.jupiter.api.Test;

/** Every address of the hub is described in openapi.yaml, and nothing else is. */
class DescribedRoutesTest {

    /** The servlet that answers wherever there is nothing. */
    private static final String NOTHING = "nothing";

    private final OpenApi description = OpenApi.read();

    @Test
    void everyRouteIsDescribed() {
        assertThat(routes())
                .allSatisfy(route -> assertThat(description.paths())
                        .as("the paths of openapi.yaml; describe %s there", route)
                        .anyMatch(path -> leadsTo(path, route)));
    }

    @Test
    void everyDescribedPathIsARoute() {
        Set<String> routes = routes();
        assertThat(description.paths())
                .allSatisfy(path -> assertThat(routes)
                        .as("the routes of app.Routes; remove %s from openapi.yaml", path)
                        .anyMatch(route -> leadsTo(path, route)));
    }

    /** The address that answers for the prefix is one of its own. */
    private static boolean leadsTo(String path, String route) {
        if (route.endsWith("/*")) {
            String prefix = route.substring(0, route.length() - 2);
            return path.equals(prefix) || path.startsWith(prefix + "/");
        }
        return path.equals(route.isEmpty() ? "/" : route);
    }

    /** In demo mode, which has all of them. */
    private static Set<String> routes() {
        var context = new ServletContextHandler();
        context.setInitParameter("tidings.demo", "true");
        var bootstrap = new Bootstrap();
        var event = new ServletContextEvent(context.getServletContext());
        bootstrap.contextInitialized(event);
        try {
            ServletMapping[] mappings = context.getServletHandler().getServletMappings();
            Set<String> routes = new TreeSet<>();
            Arrays.stream(mappings)
                    .filter(mapping -> !mapping.getServletName().equals(NOTHING))
                    .flatMap(mapping -> Stream.of(mapping.getPathSpecs()))
                    .forEach(routes::add);
            return routes;
        } finally {
            bootstrap.contextDestroyed(event);
        }
    }
}
