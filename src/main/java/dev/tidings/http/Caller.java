package dev.tidings.http;

import dev.tidings.auth.Grant;
import dev.tidings.auth.UnauthorizedException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request, as the filter found out that let it in: somebody with a verified token, or nobody known where no
 * token is needed. A request of which no filter has found out anything is refused, whichever way it came to a servlet.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class Caller {

    private static final String ATTRIBUTE = Caller.class.getName();

    private static final String NO_TOKEN = "This needs a token: in the header \"Authorization: Bearer <token>\","
            + " in the query as \"authorization\" or \"token\", or in the cookie that logging in sets.";

    private static final Caller ANONYMOUS = new Caller(null, null, "");

    private final @Nullable Grant grant;
    private final @Nullable TokenPlace place;
    private final String name;

    private Caller(@Nullable Grant grant, @Nullable TokenPlace place, String name) {
        this.grant = grant;
        this.place = place;
        this.name = name;
    }

    /**
     * Somebody with a token.
     *
     * @param place where the token stood
     * @param name the same for all tokens of one user, and for the same token without a user
     */
    public static Caller with(Grant grant, TokenPlace place, String name) {
        return new Caller(grant, place, name);
    }

    /** Came without a token, where none is needed. */
    public static Caller anonymous() {
        return ANONYMOUS;
    }

    /**
     * Who makes this request.
     *
     * @throws UnauthorizedException when no filter has found that out
     */
    public static Caller of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        throw noToken();
    }

    /** What a request without a token is told where one is needed. */
    public static UnauthorizedException noToken() {
        return UnauthorizedException.noToken(NO_TOKEN);
    }

    /** Records with the request that this one makes it, and so lets it in. */
    public void letIn(HttpServletRequest request) {
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

    /** Where the token stood, or null when there is none. */
    public @Nullable TokenPlace place() {
        return place;
    }

    /**
     * A name for who it is.
     *
     * @throws UnauthorizedException when there is no token
     */
    public String name() {
        requireGrant();
        return name;
    }
}
