package dev.tidings.mercure;

import dev.tidings.http.proxy.TrustedProxies;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Says with an answer where the hub is: {@code Link: <https://…/.well-known/mercure>; rel="mercure"}.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class DiscoveryFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private final transient TrustedProxies proxies;

    /** @param proxies who may say which host the client sees */
    public DiscoveryFilter(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String hub =
                proxies.original(request).site() + request.getServletContext().getContextPath() + MercureServlet.PATH;
        response.addHeader("Link", "<" + hub + ">; rel=\"mercure\"");
        chain.doFilter(request, response);
    }
}
