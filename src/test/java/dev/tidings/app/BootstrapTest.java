package dev.tidings.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.http.HttpServlet;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deployment that fails leaves nothing running. The next deployment can open the file of the log. */
class BootstrapTest {

    @TempDir
    private Path directory;

    @Test
    void hubThatCannotBeRegisteredIsStopped() {
        ServletContextHandler context = context();
        context.addServlet(new ServletHolder("assets", new HttpServlet() {}), "/taken");

        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> deploy(context));

        assertThatCode(() -> deploy(context())).doesNotThrowAnyException();
    }

    @Test
    void hubThatWasStoppedMayBeStoppedAgain() {
        var bootstrap = new Bootstrap();
        var event = new ServletContextEvent(context().getServletContext());
        bootstrap.contextInitialized(event);
        bootstrap.contextDestroyed(event);

        assertThatCode(() -> bootstrap.contextDestroyed(event)).doesNotThrowAnyException();
    }

    private static void deploy(ServletContextHandler context) {
        var bootstrap = new Bootstrap();
        var event = new ServletContextEvent(context.getServletContext());
        bootstrap.contextInitialized(event);
        bootstrap.contextDestroyed(event);
    }

    private ServletContextHandler context() {
        var context = new ServletContextHandler();
        Map.of(
                        "tidings.jwt.key",
                        "a secret of thirty-two bytes ....",
                        "tidings.log",
                        "file:" + directory.resolve("log"))
                .forEach(context::setInitParameter);
        return context;
    }
}
