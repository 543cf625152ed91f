package dev.tidings.http;

import dev.tidings.auth.Grant;
import dev.tidings.auth.UnauthorizedException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the filter that let a request in found out about its sender: the grant of a verified token and where the token
 * stood, or that there is none where none is needed.
 *
 * <p>A servlet asks with {@link #of}. It refuses a request that no filter has authenticated, whichever way the request
 * came to it.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class Authentication {

    private static final String ATTRIBUTE = Authentication.class.getName();

    /** What somebody is told who sent no token, and where to put one. */
    public static final String NO_TOKEN = "No token came with this request. Send one in the header"
            + " \"Authorization: Bearer <token>\", for a stream a ticket in the query as \"ticket\", or log in at /login.";

    private static final Authentication ANONYMOUS = new Authentication(null, null, "", () -> {});

    private final @Nullable Grant grant;
    private final @Nullable TokenSource source;
    private final String name;
    private final Runnable recheck;

    private Authentication(@Nullable Grant grant, @Nullable TokenSource source, String name, Runnable recheck) {
        this.grant = grant;
        this.source = source;
        this.name = name;
        this.recheck = recheck;
    }

    /**
     * A request with a verified token.
     *
     * @param source where the token stood
     * @param name names the sender: it is the same for all tokens of one user, and for the same token without a user
     * @param recheck throws an {@link UnauthorizedException} once the token was revoked
     */
    public static Authentication with(Grant grant, TokenSource source, String name, Runnable recheck) {
        return new Authentication(grant, source, name, recheck);
    }

    /** A request without a token, where none is needed. */
    public static Authentication anonymous() {
        return ANONYMOUS;
    }

    /**
     * Returns what was found out about the sender of this request.
     *
     * @throws UnauthorizedException when no filter has authenticated it
     */
    public static Authentication of(HttpServletRequest request) {
        Authentication found = find(request);
        if (found == null) {
            throw noToken();
        }
        return found;
    }

    /** What was found out about the sender of this request, or null when no filter has authenticated it. */
    static @Nullable Authentication find(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Authentication authentication ? authentication : null;
    }

    /** The refusal of a request without a token, where one is needed. */
    public static UnauthorizedException noToken() {
        return UnauthorizedException.noToken(NO_TOKEN);
    }

    /** Lets the request in: its servlet finds this with {@link #of}. */
    public void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** What the token allows, or null when there is none. */
    public @Nullable Grant grant() {
        return grant;
    }

    /**
     * What the token allows.
     *
     * @throws UnauthorizedException when there is none
     */
    public Grant requireGrant() {
        if (grant == null) {
            throw noToken();
        }
        return grant;
    }

    /**
     * Looks again when the body of a request has come, whether the token of its sender, if there is one, was revoked meanwhile.
     *
     * @throws UnauthorizedException when it was
     */
    static void requireStillGood(HttpServletRequest request) {
        Authentication sender = find(request);
        if (sender != null) {
            sender.recheck.run();
        }
    }

    /** Where the token stood, or null when there is none. */
    public @Nullable TokenSource source() {
        return source;
    }

    /**
     * The name of the sender: a user, or else a token.
     *
     * @throws UnauthorizedException when there is no token
     */
    public String name() {
        requireGrant();
        return name;
    }
}
