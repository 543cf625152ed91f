package dev.tidings.app;

import static dev.tidings.app.Checked.checked;

import dev.tidings.auth.DefaultGrant;
import dev.tidings.auth.KeySources;
import dev.tidings.auth.Revocations;
import dev.tidings.auth.SigningAlgorithm;
import dev.tidings.auth.Tickets;
import dev.tidings.auth.TokenRules;
import dev.tidings.auth.TokenVerifier;
import dev.tidings.config.Settings;
import dev.tidings.http.Bodies;
import dev.tidings.http.access.AllowedOrigins;
import dev.tidings.http.access.AuthFilter;
import dev.tidings.http.access.CorsFilter;
import dev.tidings.http.access.LoginFilter;
import dev.tidings.http.access.LogoutServlet;
import dev.tidings.http.access.OwnPages;
import dev.tidings.http.access.TokenCookie;
import dev.tidings.http.proxy.TrustedProxies;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is let in: by which tokens, from which pages, through which proxies. The filters that ask for it are made
 * here. {@link Routes} says which of them stands before which servlet.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
final class Security {

    private final @Nullable TokenVerifier verifier;
    private final TrustedProxies proxies;
    private final TokenCookie cookie;
    private final AllowedOrigins readers;
    private final OwnPages ownPages;

    /**
     * @param demo gives the key in demo mode, otherwise null
     * @param revocations the tokens that count as bad before they expire
     * @throws IllegalArgumentException with a sentence for the operator, when a setting means nothing here
     */
    Security(Settings settings, @Nullable Demo demo, Clock clock, Revocations revocations) {
        verifier = verifier(settings, demo, clock, revocations);
        proxies = checked("tidings.proxies", () -> TrustedProxies.of(settings.proxies()));
        cookie = cookie(settings.cookie(), proxies, clock);
        Settings.Origins origins = settings.origins();
        readers = checked("tidings.cors.origins", () -> new AllowedOrigins(origins.cors()));
        AllowedOrigins publishers =
                checked("tidings.publish.origins", () -> AllowedOrigins.publishing(origins.publish(), readers));
        ownPages = new OwnPages(proxies, publishers);
    }

    /** Verifies tokens; null when no key is configured. */
    @Nullable
    TokenVerifier verifier() {
        return verifier;
    }

    /** The proxies that are believed. */
    TrustedProxies proxies() {
        return proxies;
    }

    /** Why no token can be verified now, as a sentence; null while tokens can be verified. */
    @Nullable
    String keyFault() {
        return verifier == null ? "no key is configured to verify tokens with: set tidings.jwt.key" : verifier.fault();
    }

    /** Lets pages of listed origins read answers. */
    CorsFilter cors() {
        return new CorsFilter(readers, ownPages);
    }

    /** As {@link #auth}, and lets requests for streams pass with a ticket. */
    AuthFilter streams(boolean anonymous, Tickets tickets) {
        return new AuthFilter(verifier, anonymous, cookie, ownPages, tickets);
    }

    /** Lets requests with a good token pass, and where {@code anonymous} allows it requests without a token. */
    AuthFilter auth(boolean anonymous) {
        return new AuthFilter(verifier, anonymous, cookie, ownPages);
    }

    /** Logs in whoever posts a good token. */
    LoginFilter login(Bodies forms) {
        return new LoginFilter(verifier, cookie, ownPages, forms, proxies);
    }

    /** Logs out. */
    LogoutServlet logout() {
        return new LogoutServlet(cookie, ownPages);
    }

    private static @Nullable TokenVerifier verifier(
            Settings settings, @Nullable Demo demo, Clock clock, Revocations revocations) {
        Settings.Jwt jwt = settings.jwt();
        TokenRules rules = rules(settings);
        if (demo != null) {
            return new TokenVerifier(SigningAlgorithm.HS256, demo.key(), rules, clock, revocations);
        }
        var algorithm = SigningAlgorithm.valueOf(jwt.algorithm());
        if (jwt.key() != null) {
            String key = jwt.key();
            return checked(
                    "tidings.jwt.key",
                    () -> new TokenVerifier(algorithm, KeySources.of(key), rules, clock, revocations));
        }
        if (jwt.jwksUrl() != null) {
            String url = jwt.jwksUrl();
            return checked(
                    "tidings.jwt.jwks-url",
                    () -> new TokenVerifier(
                            algorithm, KeySources.ofSet(url, System::nanoTime), rules, clock, revocations));
        }
        return null;
    }

    /** What is asked of tokens beside their signature. */
    static TokenRules rules(Settings settings) {
        Settings.Jwt jwt = settings.jwt();
        return new TokenRules(jwt.issuer(), jwt.audience(), jwt.userClaim(), defaultGrant(settings.defaults()));
    }

    private static DefaultGrant defaultGrant(Settings.Defaults defaults) {
        List<String> subscribe = defaults.subscribe();
        checked("tidings.default.subscribe", () -> new DefaultGrant(subscribe, List.of()));
        return checked("tidings.default.publish", () -> new DefaultGrant(subscribe, defaults.publish()));
    }

    private static TokenCookie cookie(Settings.Cookie wanted, TrustedProxies proxies, Clock clock) {
        return checked(
                "tidings.cookie-name",
                () -> new TokenCookie(wanted.name(), wanted.sameSite(), wanted.secure(), proxies, clock));
    }
}
