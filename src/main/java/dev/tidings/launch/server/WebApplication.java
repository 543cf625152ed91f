package dev.tidings.launch.server;

import dev.tidings.app.Bootstrap;
import java.nio.file.Path;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;

/**
 * Makes the web application of what was in the WAR, as Jetty deploys it.
 *
 * <p><b>Threads.</b> One.
 */
final class WebApplication {

    private WebApplication() {}

    /** Returns the web application in this directory, at the path {@code /}. What Jetty writes goes beside it. */
    static WebAppContext in(Path war) {
        var context = new WebAppContext();
        context.setContextPath("/");
        context.setBaseResourceAsPath(war);
        // What Jetty adds by default is for files and JSP, of which the hub serves none, and needs more modules of
        // Java.
        context.setDefaultsDescriptor(null);
        context.setTempDirectory(war.resolveSibling("work").toFile());
        context.getServletHandler().setDecodeAmbiguousURIs(true);
        context.setThrowUnavailableOnStartupException(true);
        context.setAttribute(Bootstrap.LAUNCHED, true);
        JakartaWebSocketServletContainerInitializer.configure(context, null);
        return context;
    }
}
