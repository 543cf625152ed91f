package dev.tidings.http.access;

import dev.tidings.event.InvalidRequestException;
import dev.tidings.http.Problem;
import dev.tidings.http.proxy.HostHeader;
import dev.tidings.http.proxy.TrustedProxies;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a request comes from a page of this hub, or of an origin that may publish.
 *
 * <p>A browser sends a cookie along with a request of any site's page. It also names that page, in headers that no
 * script can change: {@code Sec-Fetch-Site} (over HTTPS and on loopback only), {@code Origin}, and {@code Referer}
 * where there is no {@code Origin}. Their host and port have to be those of the header {@code Host}.
 *
 * <p>No other header counts for the host, not even a trusted proxy's report: a proxy may pass on what a client wrote.
 * If a proxy puts another name into {@code Host}, pages of the public origin are known by {@code Sec-Fetch-Site}, or
 * have to be listed.
 *
 * <p>{@code Origin: null} alone names no page. A form on a page of ours sends it all the same, because of
 * {@code Referrer-Policy: no-referrer}. {@code Sec-Fetch-Site} then names the page. On plain HTTP there is none, so
 * only a script's {@code fetch} passes there.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class OwnPages {

    private static final String ADVICE =
            " Send it from a page of this hub, from an origin in tidings.publish.origins, or"
                    + " with the token in the header \"Authorization: Bearer <token>\".";

    private static final String FORM_ADVICE =
            " Send it from a page of this hub. A program names the hub's own origin in"
                    + " the header \"Origin\", such as \"Origin: http://127.0.0.1:8080\".";

    private final TrustedProxies proxies;
    private final AllowedOrigins publishing;

    /**
     * @param proxies the proxies that may report that a request came over HTTPS
     * @param publishing the other origins whose pages count as our own
     */
    public OwnPages(TrustedProxies proxies, AllowedOrigins publishing) {
        this.proxies = proxies;
        this.publishing = publishing;
    }

    /**
     * Returns when the request comes from such a page.
     *
     * @throws Problem 403 saying where the request comes from instead
     */
    void require(HttpServletRequest request) {
        require(request, ADVICE);
    }

    /**
     * Returns when the request comes from such a page, as {@link #require}. It logs a visitor in or out, so a token in a
     * header would not help.
     *
     * @throws Problem 403 saying where the request comes from instead
     */
    void requireForm(HttpServletRequest request) {
        require(request, FORM_ADVICE);
    }

    private void require(HttpServletRequest request, String advice) {
        String fault = fault(request);
        if (fault != null) {
            throw new Problem(403, "This request " + fault + advice);
        }
    }

    /** Whether {@link #require} lets the request pass. */
    boolean include(HttpServletRequest request) {
        try {
            return fault(request) == null;
        } catch (InvalidRequestException noHost) {
            return false;
        }
    }

    /** Why the request comes from no such page, to be read after "This request"; null when it does. */
    private @Nullable String fault(HttpServletRequest request) {
        if ("same-origin".equals(request.getHeader("Sec-Fetch-Site"))) {
            return null;
        }
        List<String> origins = Collections.list(request.getHeaders("Origin"));
        String referer = request.getHeader("Referer");
        if (origins.size() == 1) {
            return fault(Origin.parse(origins.get(0)), "Origin", request);
        } else if (origins.isEmpty() && referer != null) {
            return fault(Origin.ofAddress(referer), "Referer", request);
        }
        return origins.isEmpty()
                ? "has neither an Origin nor a Referer, so nobody can tell whose page sent it."
                : "has more than one Origin.";
    }

    private @Nullable String fault(@Nullable Origin origin, String header, HttpServletRequest request) {
        if (origin == null) {
            return "has a header " + header + " that names no site, so nobody can tell whose page sent it.";
        }
        boolean https = proxies.original(request).https();
        return origin.isSiteOf(HostHeader.of(request), https) || publishing.includes(origin)
                ? null
                : "comes from a page of " + origin + ", which is not this hub's own.";
    }
}
