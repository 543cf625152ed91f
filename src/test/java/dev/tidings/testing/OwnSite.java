package dev.tidings.testing;

import dev.tidings.auth.TokenVerifier;
import dev.tidings.http.Bodies;
import dev.tidings.http.access.AllowedOrigins;
import dev.tidings.http.access.AuthFilter;
import dev.tidings.http.access.LoginFilter;
import dev.tidings.http.access.OwnPages;
import dev.tidings.http.access.TokenCookie;
import dev.tidings.http.proxy.TrustedProxies;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A site with the default settings: its cookie, its pages, and no proxy in front. */
public final class OwnSite {

    public static final TrustedProxies NO_PROXIES = TrustedProxies.of(List.of());
    public static final TokenCookie COOKIE =
            new TokenCookie("mercureAuthorization", "Strict", "auto", NO_PROXIES, Clock.systemUTC());
    public static final OwnPages PAGES = pages(NO_PROXIES);

    private OwnSite() {}

    /** Reads bodies, for requests that wait for them no longer than that. */
    public static Bodies bodies(Duration patience) {
        return new Bodies(100, 1 << 20, patience);
    }

    /** The filter that takes a form with a token. */
    public static LoginFilter login(@Nullable TokenVerifier verifier, TokenCookie cookie, OwnPages pages) {
        return new LoginFilter(verifier, cookie, pages, bodies(Duration.ofSeconds(10)), NO_PROXIES);
    }

    /** The pages of a site behind these proxies that lets pages of those origins publish. */
    public static OwnPages pages(TrustedProxies proxies, String... publishing) {
        List<String> origins = List.of(publishing);
        return new OwnPages(proxies, AllowedOrigins.publishing(origins, new AllowedOrigins(origins)));
    }

    /** The filter that asks for a token. */
    public static AuthFilter auth(@Nullable TokenVerifier verifier, boolean anonymous) {
        return new AuthFilter(verifier, anonymous, COOKIE, PAGES);
    }
}
