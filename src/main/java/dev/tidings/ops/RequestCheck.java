package dev.tidings.ops;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a request what is wrong with how requests reach the hub.
 *
 * <p><b>Threads.</b> Any.
 *
 * @param finding returns a sentence for the operator, or null when the request shows nothing
 */
public record RequestCheck(Function<HttpServletRequest, @Nullable String> finding) {

    private static final List<String> OF_PROXIES =
            List.of("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded");

    private static final String MERCURE = "/.well-known/mercure";

    /** Finds a proxy that the hub does not believe, since it believes none. */
    public static RequestCheck ofProxies() {
        return new RequestCheck(request -> OF_PROXIES.stream()
                .filter(name -> request.getHeader(name) != null)
                .findFirst()
                .map(name -> "A request from " + request.getRemoteAddr() + " has the header " + name
                        + ", which counts for nothing, since tidings.proxies is empty. If " + request.getRemoteAddr()
                        + " is your proxy, set tidings.proxies=" + request.getRemoteAddr()
                        + ". Until then all clients have the proxy's address, and over HTTPS the cookie is not Secure")
                .orElse(null));
    }

    /** Finds a client of Mercure, whose addresses a connector refuses. */
    public static RequestCheck ofMercure(List<String> notes) {
        return new RequestCheck(request -> request.getRequestURI().startsWith(request.getContextPath() + MERCURE)
                ? "A client of Mercure is here. " + String.join(". ", notes)
                : null);
    }

    /** Finds a request that something before the hub keeps from going asynchronous. */
    public static RequestCheck ofAsync() {
        return new RequestCheck(request -> request.isAsyncSupported()
                ? null
                : "A request came through a filter or a valve that does not support asynchronous requests. So no"
                        + " stream can be opened behind it. Give each filter of the container's web.xml"
                        + " <async-supported>true</async-supported>");
    }
}
