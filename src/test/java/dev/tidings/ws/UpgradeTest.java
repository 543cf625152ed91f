package dev.tidings.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidings.testing.PlainRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UpgradeTest {

    /** An IOException of a request that is answered already means that its client has gone, which no log tells of. */
    @Test
    void upgradeThatTheContainerFailsAtIsNotTakenForAClientThatHasGone() throws Exception {
        var failure = new DeploymentException("as if");
        try (OneSocket socket = OneSocket.still()) {
            var endpoint = new SocketEndpoint(socket.stream, socket.assembler, Duration.ofSeconds(60));
            Throwable thrown =
                    catchThrowable(() -> Upgrade.perform(failing(failure), new PlainRequest(), answer(), endpoint));
            assertThat(thrown).isNotInstanceOf(IOException.class).hasCause(failure);
        }
    }

    private static ServerContainer failing(DeploymentException failure) {
        return (ServerContainer) Proxy.newProxyInstance(
                ServerContainer.class.getClassLoader(),
                new Class<?>[] {ServerContainer.class},
                (proxy, method, arguments) -> {
                    throw failure;
                });
    }

    private static HttpServletResponse answer() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                HttpServletResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> null);
    }
}
