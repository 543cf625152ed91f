package dev.tidings.bench.peer;

import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/** Spring MVC on a Tomcat of its own; {@link SpringMvcStreams} is what it does. */
final class SpringMvcPeer {

    private static final int CONNECTIONS = 20_000;
    private static final int BACKLOG = 4_096;

    private SpringMvcPeer() {}

    public static void main(String... arguments) throws Exception {
        var tomcat = new Tomcat();
        tomcat.setBaseDir(Path.of("").toAbsolutePath().toString());
        var connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxConnections", Integer.toString(CONNECTIONS));
        connector.setProperty("acceptCount", Integer.toString(BACKLOG));
        connector.setProperty("maxKeepAliveRequests", "-1");
        tomcat.setConnector(connector);

        var spring = new AnnotationConfigWebApplicationContext();
        spring.register(SpringMvcStreams.class);
        Context context = tomcat.addContext("", null);
        Wrapper servlet = Tomcat.addServlet(context, "spring", new DispatcherServlet(spring));
        servlet.setAsyncSupported(true);
        servlet.setLoadOnStartup(1);
        servlet.addMapping("/");
        tomcat.start();
        System.out.println("listening on " + connector.getLocalPort());
        tomcat.getServer().await();
    }
}
