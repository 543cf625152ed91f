package dev.tidings.http.proxy;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The proxies in front of this hub, which are believed when they say where a request came from.
 *
 * <p>Anybody may write {@code Forwarded} and {@code X-Forwarded-*}. So they count only when the peer itself is one of
 * these proxies. They are read from the right, the nearest proxy's report first, up to the first address that is none
 * of the proxies: the rightmost untrusted hop. Reports left of that hop are not believed. A hop that is obfuscated,
 * unknown or malformed ends the search at the proxy that reported it.
 *
 * <p>A proxy usually writes one kind of header and lets the other pass as the client wrote it. If both are there and
 * name different addresses, one is forged, and neither is believed.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class TrustedProxies {

    /** Some proxies report wss where a WebSocket is opened. */
    private static final Set<String> SECURE_SCHEMES = Set.of("https", "wss");

    private final List<AddressRange> ranges;

    private TrustedProxies(List<AddressRange> ranges) {
        this.ranges = ranges;
    }

    /**
     * Returns the proxies at these addresses and CIDRs.
     *
     * @throws IllegalArgumentException naming the first text that is neither
     */
    public static TrustedProxies of(List<String> ranges) {
        return new TrustedProxies(ranges.stream().map(AddressRange::parse).toList());
    }

    /**
     * Returns the request as its client sent it.
     *
     * @throws dev.tidings.event.InvalidRequestException when it names something that is no host
     */
    public OriginalRequest original(HttpServletRequest request) {
        String remote = request.getRemoteAddr() == null ? "" : request.getRemoteAddr();
        InetAddress peer = IpLiteral.parseNode(remote);
        if (peer == null) {
            return new OriginalRequest(remote, request.isSecure(), HostHeader.of(request));
        }
        Hop reported = trusts(peer) ? reported(request, peer) : Hop.UNKNOWN;
        return new OriginalRequest(
                (reported.address() == null ? peer : reported.address()).getHostAddress(),
                reported.scheme() == null ? request.isSecure() : SECURE_SCHEMES.contains(reported.scheme()),
                reported.host() == null ? HostHeader.of(request) : reported.host());
    }

    private boolean trusts(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private Hop reported(HttpServletRequest request, InetAddress peer) {
        Hop standard = outermost(ForwardedHeader.parse(Collections.list(request.getHeaders("Forwarded"))), peer);
        Hop custom = outermost(XForwardedHeaders.of(request), peer);
        if (standard == null || custom == null) {
            return standard != null ? standard : custom != null ? custom : Hop.UNKNOWN;
        }
        if (standard.address() == null || !standard.address().equals(custom.address())) {
            return Hop.UNKNOWN;
        }
        return new Hop(
                standard.address(),
                standard.scheme() == null ? custom.scheme() : standard.scheme(),
                standard.host() == null ? custom.host() : standard.host());
    }

    /**
     * Returns the hop that the outermost trusted proxy reports, always with an address; null when none reports a
     * hop.
     */
    private @Nullable Hop outermost(List<Hop> hops, InetAddress peer) {
        InetAddress address = peer;
        Hop outermost = null;
        for (int i = hops.size() - 1; i >= 0 && trusts(address); i--) {
            outermost = hops.get(i);
            if (outermost.address() == null) {
                break;
            }
            address = outermost.address();
        }
        return outermost == null ? null : new Hop(address, outermost.scheme(), outermost.host());
    }
}
