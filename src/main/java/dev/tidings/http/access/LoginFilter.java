package dev.tidings.http.access;

import dev.tidings.auth.Grant;
import dev.tidings.auth.TokenVerifier;
import dev.tidings.auth.UnauthorizedException;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.http.Bodies;
import dev.tidings.http.ContentType;
import dev.tidings.http.PostedForm;
import dev.tidings.http.Problem;
import dev.tidings.http.Query;
import dev.tidings.http.SeeOther;
import dev.tidings.http.TokenSource;
import dev.tidings.http.proxy.TrustedProxies;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a token from a form and puts it into the cookie: {@code POST /login}.
 *
 * <p>This is a filter, so that the page with the form can be a servlet at the same address, in a package that knows no
 * tokens. Every other method passes.
 *
 * <p>Only {@link OwnPages} may log a visitor in. Otherwise a stranger's page could log the visitor in as the stranger,
 * who could then read what the visitor publishes.
 *
 * <p><b>Threads.</b> The container's; none is held for a form that is not there.
 */
public final class LoginFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private static final String FIELD = "token";

    /** Twice what a cookie holds, so that a token that is too long gets an error that says so. */
    private static final int MAX_BODY_BYTES = 2 * TokenCookie.MAX_LENGTH;

    private final transient @Nullable TokenVerifier verifier;
    private final transient TokenCookie cookie;
    private final transient OwnPages ownPages;
    private final transient Bodies incoming;
    private final transient TrustedProxies proxies;

    /**
     * @param verifier null when no key is configured: the answer to every login is then 503
     * @param incoming reads the form, whose sender is not known yet
     * @param proxies the proxies that may report where a request comes from
     */
    public LoginFilter(
            @Nullable TokenVerifier verifier,
            TokenCookie cookie,
            OwnPages ownPages,
            Bodies incoming,
            TrustedProxies proxies) {
        this.verifier = verifier;
        this.cookie = cookie;
        this.ownPages = ownPages;
        this.incoming = incoming;
        this.proxies = proxies;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getMethod().equals("POST")) {
            logIn(request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void logIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ownPages.requireForm(request);
        if (verifier == null) {
            throw Problem.noKey();
        }
        ContentType type = ContentType.of(request);
        if (!type.mediaType().equals(PostedForm.TYPE) || !type.isUtf8()) {
            throw ContentType.unsupported(
                    "Logging in takes a form, " + PostedForm.TYPE + ", with the field \"token\".");
        }
        PostedForm.receive(
                request,
                response,
                incoming,
                proxies.original(request).address(),
                MAX_BODY_BYTES,
                form -> logIn(request, response, verifier, token(form)));
    }

    private void logIn(HttpServletRequest request, HttpServletResponse response, TokenVerifier by, String token) {
        Grant grant = by.verify(token);
        if (!cookie.holds(token)) {
            throw new InvalidRequestException(
                    FIELD,
                    "It is good, but longer than the " + TokenCookie.MAX_LENGTH + " characters that browsers keep in a"
                            + " cookie; send it in the header \"Authorization: Bearer <token>\".");
        }
        cookie.set(request, response, token, grant.expires());
        SeeOther.to(request, response, "/console");
    }

    private static String token(Query form) {
        List<String> tokens = form.all(FIELD);
        if (tokens.size() != 1) {
            throw new InvalidRequestException(
                    FIELD, tokens.isEmpty() ? "The form has no such field." : "It is given more than once.");
        }
        String token = TokenSource.bare(tokens.get(0).strip());
        if (token.isEmpty()) {
            throw UnauthorizedException.noToken("The field \"token\" is empty; paste a token into it.");
        }
        return token;
    }
}
