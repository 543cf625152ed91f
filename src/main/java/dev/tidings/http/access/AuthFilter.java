package dev.tidings.http.access;

import static java.util.Objects.requireNonNull;

import dev.tidings.auth.Digest;
import dev.tidings.auth.Grant;
import dev.tidings.auth.KeysUnavailableException;
import dev.tidings.auth.Tickets;
import dev.tidings.auth.TokenVerifier;
import dev.tidings.auth.UnauthorizedException;
import dev.tidings.http.Authentication;
import dev.tidings.http.Methods;
import dev.tidings.http.Problem;
import dev.tidings.http.TokenSource;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the token of a request, and records with the request who makes it ({@link Authentication}).
 *
 * <p>The token is taken from the first {@link TokenSource} that has one; the other places are not looked at. It is
 * verified before the body is read. A bad token is refused even where none is needed, so that a client never takes an
 * anonymous stream for its own.
 *
 * <p>A browser sends a cookie along with a request of any site's page. So a request that changes something, or opens a
 * WebSocket, with the token in the cookie has to come from {@link OwnPages}.
 *
 * <p>If there are several cookies of that name, the first one with a good token counts. A single cookie with a bad
 * token is removed, since it would be refused again and again. Of several cookies none is removed, since the browser
 * might remove a good one.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class AuthFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private final transient @Nullable TokenVerifier verifier;
    private final boolean anonymous;
    private final transient TokenCookie cookie;
    private final transient OwnPages ownPages;
    private final transient @Nullable Tickets tickets;

    /**
     * A filter that takes no tickets.
     *
     * @param verifier null when no key is configured: a request that needs a token is then answered 503
     * @param anonymous whether requests that change nothing pass without a token, and without a grant
     * @param cookie the last place where a token may stand
     * @param ownPages the pages that may use the cookie to change something
     */
    public AuthFilter(@Nullable TokenVerifier verifier, boolean anonymous, TokenCookie cookie, OwnPages ownPages) {
        this(verifier, anonymous, cookie, ownPages, null);
    }

    /**
     * @param verifier null when no key is configured: a request that needs a token is then answered 503
     * @param anonymous whether requests that change nothing pass without a token, and without a grant
     * @param cookie the last place where a token may stand
     * @param ownPages the pages that may use the cookie to change something
     * @param tickets the tickets that open streams behind this filter, or null where there are none
     */
    public AuthFilter(
            @Nullable TokenVerifier verifier,
            boolean anonymous,
            TokenCookie cookie,
            OwnPages ownPages,
            @Nullable Tickets tickets) {
        this.verifier = verifier;
        this.anonymous = anonymous;
        this.cookie = cookie;
        this.ownPages = ownPages;
        this.tickets = tickets;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // OPTIONS asks only which methods there are. Its caller stays unknown, so it can get nothing else.
        if (!request.getMethod().equals("OPTIONS")) {
            authenticate(request, response).attachTo(request);
        }
        chain.doFilter(request, response);
    }

    private Authentication authenticate(HttpServletRequest request, HttpServletResponse response) {
        for (TokenSource source : TokenSource.values()) {
            List<String> tokens = source.find(request, cookie::values);
            if (!tokens.isEmpty()) {
                return switch (source) {
                    case COOKIE -> authenticateByCookie(tokens, request, response);
                    case TICKET -> redeemed(tokens.get(0), request);
                    case HEADER, QUERY -> verified(tokens.get(0), source);
                };
            }
        }
        if (anonymous && (Methods.isSafe(request) || isTunnel(request))) {
            return Authentication.anonymous();
        }
        verifier();
        throw Authentication.noToken();
    }

    private Authentication verified(String token, TokenSource source) {
        TokenVerifier tokens = verifier();
        Grant grant = tokens.verify(token);
        String name = grant.user() == null ? "token " + new Digest().add(token).name() : "user " + grant.user();
        return Authentication.with(grant, source, name, () -> tokens.requireNotRevoked(grant));
    }

    /** A ticket is used up by the request that has it, also if that is refused for another reason. */
    private Authentication redeemed(String ticket, HttpServletRequest request) {
        TokenVerifier tokens = verifier();
        if (tickets == null || !(request.getMethod().equals("GET") || isTunnel(request))) {
            throw UnauthorizedException.badToken("a ticket opens a stream, with GET at /events, /ws or"
                    + " /.well-known/mercure, and nothing else. Send the token itself here, in the header");
        }
        Tickets.Redeemed redeemed = tickets.take(ticket);
        Grant grant = redeemed.grant();
        tokens.requireStillGood(grant);
        return Authentication.with(grant, TokenSource.TICKET, redeemed.sender(), () -> tokens.requireNotRevoked(grant));
    }

    private Authentication authenticateByCookie(
            List<String> tokens, HttpServletRequest request, HttpServletResponse response) {
        Authentication authentication = firstVerified(tokens, request, response);
        if (!Methods.isSafe(request) || isWebSocket(request)) {
            ownPages.require(request);
        }
        return authentication;
    }

    private Authentication firstVerified(
            List<String> tokens, HttpServletRequest request, HttpServletResponse response) {
        RuntimeException refusal = null;
        for (String token : tokens) {
            try {
                return verified(token, TokenSource.COOKIE);
            } catch (UnauthorizedException | KeysUnavailableException bad) {
                // A hub that cannot tell whether a token is good logs nobody out.
                refusal = refusal == null || bad instanceof KeysUnavailableException ? bad : refusal;
            }
        }
        if (tokens.size() == 1 && refusal instanceof UnauthorizedException) {
            cookie.remove(request, response);
        }
        throw requireNonNull(refusal, "one token at least");
    }

    private static boolean isWebSocket(HttpServletRequest request) {
        return isTunnel(request)
                || Collections.list(request.getHeaders("Upgrade")).stream()
                        .anyMatch(
                                protocols -> protocols.toLowerCase(Locale.ROOT).contains("websocket"));
    }

    /** How a WebSocket is opened over HTTP/2 (RFC 8441). It changes nothing itself. */
    private static boolean isTunnel(HttpServletRequest request) {
        return request.getMethod().equals("CONNECT");
    }

    private TokenVerifier verifier() {
        if (verifier == null) {
            throw Problem.noKey();
        }
        return verifier;
    }
}
