package dev.tidings.ops;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

class BufferPoolCheckTest {

    @Test
    void stockPoolIsWarnedOf() {
        assertThat(warnings(new ArrayByteBufferPool()))
                .singleElement()
                .asString()
                .contains("ServerConnector@", "start.d/buffers.ini");
        assertThat(warnings(new ArrayByteBufferPool.Quadratic())).hasSize(1);
    }

    @Test
    void poolThatKeepsTheLeastBufferOfARequestIsWarnedOf() {
        assertThat(warnings(new ArrayByteBufferPool(0, 1024, 1024))).hasSize(1);
    }

    @Test
    void poolThatKeepsNoBufferOfARequestIsFine() {
        assertThat(warnings(new ArrayByteBufferPool(0, 4096, 1))).isEmpty();
        assertThat(warnings(new ByteBufferPool.NonPooling())).isEmpty();
    }

    @Test
    void eachConnectorIsLookedAt() {
        var server = new Server(null, null, new ByteBufferPool.NonPooling());
        server.addConnector(new ServerConnector(server));
        server.addConnector(new ServerConnector(server, null, null, new ArrayByteBufferPool(), 1, 1));
        assertThat(warnings(server)).hasSize(1);
    }

    @Test
    void otherContainersAreLeftAlone() {
        var other = (ServletContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ServletContext.class}, (proxy, method, arguments) -> {
                    throw new AssertionError(method);
                });
        assertThat(BufferPoolCheck.warnings(other)).isEmpty();
    }

    private static List<String> warnings(ByteBufferPool pool) {
        var server = new Server(null, null, pool);
        server.addConnector(new ServerConnector(server));
        return warnings(server);
    }

    private static List<String> warnings(Server server) {
        var context = new ServletContextHandler();
        server.setHandler(context);
        return BufferPoolCheck.warnings(context.getServletContext());
    }
}
