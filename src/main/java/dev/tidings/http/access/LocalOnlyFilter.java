package dev.tidings.http.access;

import dev.tidings.http.Problem;
import dev.tidings.http.proxy.ForwardedHeader;
import dev.tidings.http.proxy.Hop;
import dev.tidings.http.proxy.HostHeader;
import dev.tidings.http.proxy.IpLiteral;
import dev.tidings.http.proxy.XForwardedHeaders;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that do not come from this machine. It protects the demo, which gives a token to everybody who asks.
 *
 * <p>A request has to come from a loopback address, and to name this machine as its host. The host counts because of
 * pages of strangers: a page can have its own name lead to 127.0.0.1 (DNS rebinding), and the browser then takes this
 * hub for the site of that page.
 *
 * <p>Reports of a proxy on this machine count as well, listed or not, since here they can only cause a refusal. A proxy
 * that reports nothing cannot be told from a browser.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class LocalOnlyFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        requireLocal("comes from ", request.getRemoteAddr());
        if (request.getHeader("Host") != null && !HostHeader.isLocal(HostHeader.of(request))) {
            throw refused("is for the host " + HostHeader.of(request));
        }
        for (Hop hop : ForwardedHeader.parse(Collections.list(request.getHeaders("Forwarded")))) {
            requireLocal("came through a proxy from ", hop.address());
            requireLocalHost(hop);
        }
        for (Hop hop : XForwardedHeaders.of(request)) {
            if (request.getHeader("X-Forwarded-For") != null) {
                requireLocal("came through a proxy from ", hop.address());
            }
            requireLocalHost(hop);
        }
        chain.doFilter(request, response);
    }

    private static void requireLocal(String fact, @Nullable String address) {
        requireLocal(fact, address == null ? null : IpLiteral.parseNode(address));
    }

    private static void requireLocal(String fact, @Nullable InetAddress address) {
        if (address == null || !address.isLoopbackAddress()) {
            throw refused(fact + (address == null ? "an unknown address" : address.getHostAddress()));
        }
    }

    private static void requireLocalHost(Hop hop) {
        if (hop.host() != null && !HostHeader.isLocal(hop.host())) {
            throw refused("came through a proxy for the host " + hop.host());
        }
    }

    private static Problem refused(String fact) {
        return new Problem(
                HttpServletResponse.SC_FORBIDDEN,
                "This hub is in demo mode and gives everybody a token, so it serves only its own machine. This request "
                        + fact + ". Open the hub as http://localhost on the machine it runs on. To serve everybody, set"
                        + " tidings.demo=public (the environment variable TIDINGS_DEMO=public). To leave demo mode, set"
                        + " tidings.jwt.key instead.");
    }
}
