package dev.tidings.http;

import dev.tidings.auth.Grant;
import dev.tidings.auth.TokenVerifier;
import dev.tidings.auth.UnauthorizedException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the doors that need a token: verifies it and leaves its grant with the request.
 *
 * <p>The token is taken from the first {@link TokenPlace} that has one; the others are not looked at. It
 * is verified before anybody reads a body. A bad one is refused even where none is needed, so that a
 * client never takes an anonymous stream for its own.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class AuthFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private static final String ATTRIBUTE = AuthFilter.class.getName();

    private record Caller(Grant grant, TokenPlace place) {}

    private final transient @Nullable TokenVerifier verifier;
    private final boolean anonymous;

    /**
     * @param verifier null when no key is configured: whatever needs a token is then answered 503
     * @param anonymous whether requests without a token pass, without a grant
     */
    public AuthFilter(@Nullable TokenVerifier verifier, boolean anonymous) {
        this.verifier = verifier;
        this.anonymous = anonymous;
    }

    /** What this request's token allows, or null when it came without one. */
    static @Nullable Grant grant(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? caller.grant() : null;
    }

    /** Where this request's token stood, or null when it came without one. */
    static @Nullable TokenPlace tokenPlace(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? caller.place() : null;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Caller caller = caller(request);
        if (caller != null) {
            request.setAttribute(ATTRIBUTE, caller);
        }
        chain.doFilter(request, response);
    }

    private @Nullable Caller caller(HttpServletRequest request) {
        for (TokenPlace place : TokenPlace.values()) {
            String token = place.find(request);
            if (token != null) {
                return new Caller(verifier().verify(token), place);
            }
        }
        if (anonymous) {
            return null;
        }
        verifier();
        throw UnauthorizedException.noToken("This needs a token: in the header \"Authorization: Bearer <token>\","
                + " or in the query as \"authorization\" or \"token\".");
    }

    private TokenVerifier verifier() {
        if (verifier == null) {
            throw new Problem(
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "This hub has no key to verify tokens with: the setting tidings.jwt.key is missing. Set the system"
                            + " property tidings.jwt.key or the environment variable TIDINGS_JWT_KEY, and restart.");
        }
        return verifier;
    }
}
