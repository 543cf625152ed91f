package dev.tidings.http.access;

import dev.tidings.http.proxy.TrustedProxies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The cookie that keeps a token in a browser, so that no page of ours has to keep it.
 *
 * <p>Scripts cannot read the cookie, and browsers send it to this context only. There is no session beside it.
 *
 * <p>It is read from the raw headers and written to them, since each container mends cookies in its own way.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class TokenCookie {

    /** The most characters of name and value that browsers keep. They drop a longer cookie without an error. */
    static final int MAX_LENGTH = 4096;

    private static final int MAX_NAME = 255;

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private final String name;
    private final String sameSite;
    private final String secure;
    private final TrustedProxies proxies;
    private final Clock clock;

    /**
     * @param name a name that RFC 6265 allows
     * @param sameSite {@code Strict}, {@code Lax}, or {@code None}, which browsers accept only with {@code Secure}
     * @param secure {@code true}, {@code false}, or {@code auto}: when the request came over HTTPS
     * @param proxies the proxies that may report that a request came over HTTPS
     * @param clock the time by which tokens expire
     * @throws IllegalArgumentException when the name is no name of a cookie, or one that browsers would not keep
     */
    public TokenCookie(String name, String sameSite, String secure, TrustedProxies proxies, Clock clock) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" cannot be the name of a cookie; use letters, digits and !#$%&'*+.^_`|~-");
        }
        if (name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "the name of a cookie has at most " + MAX_NAME + " characters here, and this has " + name.length());
        }
        if (name.matches("(?i)__(Secure|Host)-.*") && secure.equals("false") && !sameSite.equals("None")) {
            throw new IllegalArgumentException("browsers drop a cookie called \"" + name
                    + "\" that is not Secure, and tidings.cookie-secure is false");
        }
        this.name = name;
        this.sameSite = sameSite;
        this.secure = secure;
        this.proxies = proxies;
        this.clock = clock;
    }

    /** Returns the tokens in the cookies of that name. A token may be empty. */
    List<String> values(HttpServletRequest request) {
        var values = new ArrayList<String>();
        for (String header : Collections.list(request.getHeaders("Cookie"))) {
            for (String pair : header.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals >= 0 && pair.substring(0, equals).strip().equals(name)) {
                    values.add(unquoted(pair.substring(equals + 1).strip()));
                }
            }
        }
        return values;
    }

    /** Whether browsers keep a cookie with this token. */
    boolean holds(String token) {
        return name.length() + token.length() <= MAX_LENGTH;
    }

    /**
     * Gives the token to the browser, for no longer than it is good.
     *
     * @param token a verified token. It has Base64url and dots, which need no quotes
     * @param expires when it ends, or null for never; the cookie then ends with the browser's session
     */
    void set(HttpServletRequest request, HttpServletResponse response, String token, @Nullable Instant expires) {
        long seconds = expires == null
                ? 0
                : Math.max(0, Duration.between(clock.instant(), expires).toSeconds());
        write(request, response, token, expires == null ? "" : "; Max-Age=" + seconds);
    }

    /** Makes the browser forget the token. */
    void remove(HttpServletRequest request, HttpServletResponse response) {
        write(request, response, "", "; Max-Age=0");
    }

    private void write(HttpServletRequest request, HttpServletResponse response, String value, String maxAge) {
        String path = request.getServletContext().getContextPath();
        response.addHeader(
                "Set-Cookie",
                name + "=" + value + "; Path=" + (path.isEmpty() ? "/" : path) + maxAge + "; HttpOnly; SameSite="
                        + sameSite + (isSecure(request) ? "; Secure" : ""));
    }

    private boolean isSecure(HttpServletRequest request) {
        if (sameSite.equals("None")) {
            return true;
        }
        return secure.equals("auto") ? proxies.original(request).https() : secure.equals("true");
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
