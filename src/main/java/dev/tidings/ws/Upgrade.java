package dev.tidings.ws;

import dev.tidings.http.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Upgrades a request to a WebSocket of the container, with an endpoint that was made for the request.
 *
 * <p>It offers no subprotocols, and no compression, which would hold a window of memory for every connection.
 */
final class Upgrade extends ServerEndpointConfig.Configurator {

    private static final String PATH = "/ws";

    private final SocketEndpoint endpoint;

    private Upgrade(SocketEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Upgrades a request that was found to ask for it.
     *
     * @throws Problem when the request asks over HTTP/2 for something else than a WebSocket
     * @throws IllegalStateException when the container fails at it, though the request is as it should be
     */
    static void perform(
            Object container, HttpServletRequest request, HttpServletResponse response, SocketEndpoint endpoint)
            throws IOException {
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(SocketEndpoint.class, PATH)
                .configurator(new Upgrade(endpoint))
                .build();
        try {
            ((ServerContainer) container).upgradeHttpToWebSocket(new PlainRequest(request), response, config, Map.of());
        } catch (DeploymentException failure) {
            throw new IllegalStateException("the container could not open a WebSocket", failure);
        } catch (IllegalStateException refused) {
            if (!request.getMethod().equals("CONNECT")) {
                throw refused;
            }
            // What it asks for instead, the container alone knows.
            throw new Problem(
                    HttpServletResponse.SC_NOT_IMPLEMENTED, "This address speaks WebSocket only, over HTTP/2 as well.");
        }
    }

    /**
     * The request with a plain address instead of its own, which we have read already. Containers make a {@link
     * java.net.URI} of the address. That refuses braces, which browsers write unescaped, and the container's message
     * quotes the whole query, which may hold a token.
     */
    private static final class PlainRequest extends HttpServletRequestWrapper {

        PlainRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getQueryString() {
            return null;
        }

        @Override
        public String getRequestURI() {
            return getServletContext().getContextPath() + PATH;
        }

        @Override
        public StringBuffer getRequestURL() {
            return new StringBuffer("http://localhost").append(getRequestURI());
        }
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
        return type.cast(endpoint);
    }

    /** The filters have checked the origin where it matters: with the token in a cookie. */
    @Override
    public boolean checkOrigin(String origin) {
        return true;
    }

    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return "";
    }

    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return List.of();
    }
}
