package dev.tidings.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import dev.tidings.auth.DefaultGrant;
import dev.tidings.auth.DemoTokens;
import dev.tidings.auth.KeySources;
import dev.tidings.auth.RandomSecret;
import dev.tidings.auth.SigningAlgorithm;
import dev.tidings.auth.TokenRules;
import dev.tidings.auth.TokenVerifier;
import dev.tidings.auth.UnauthorizedException;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.http.JsonAnswer;
import dev.tidings.http.StrictJson;
import dev.tidings.logging.Logs;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * Uses the libraries once when the hub starts, as requests will: verifies tokens, reads and writes JSON.
 *
 * <p>Libraries load what they need when they first need it, as containers do with our own classes. The JDK opens files
 * for its cryptography then. {@link Preload} says why that may fail later.
 *
 * <p><b>Threads.</b> The container's, before there is any request.
 */
final class LibraryWarmUp {

    private static final System.Logger LOG = Logs.of(LibraryWarmUp.class);

    private LibraryWarmUp() {}

    /** Verifies tokens and writes JSON once, with a secret that is used for nothing else. */
    static void run() {
        String secret = RandomSecret.text();
        var rules = new TokenRules(null, null, "sub", new DefaultGrant(List.of("/users/{sub}"), List.of()));
        var verifier = new TokenVerifier(SigningAlgorithm.HS256, KeySources.of(secret), rules, Clock.systemUTC());
        DemoTokens tokens = DemoTokens.signedWith(secret);
        verifier.verify(tokens.alice());
        verifier.verify(tokens.operator());
        for (String bad : List.of(
                "",
                "a.b.c",
                tokens.alice() + "x",
                JWT.create().withExpiresAt(Instant.EPOCH).sign(Algorithm.HMAC256(secret)),
                JWT.create().sign(Algorithm.HMAC384(secret)))) {
            refused(() -> verifier.verify(bad));
        }
        var entry = new LinkedHashMap<String, Object>();
        entry.put("user", null);
        entry.put("topics", List.of("/a"));
        entry.put("delivered", 1L);
        entry.put("queued", 1);
        entry.put("behind", 1);
        entry.put("active", true);
        JsonAnswer.document(List.of(entry, entry));
        StrictJson.members("This", new String(JsonAnswer.document(entry), UTF_8), Set.of());
        for (String bad : List.of("", "{", "[]", "{\"a\":01}")) {
            refused(() -> StrictJson.members("This", bad, Set.of()));
        }
    }

    private static void refused(Runnable attempt) {
        try {
            attempt.run();
        } catch (UnauthorizedException | InvalidRequestException refusal) {
            LOG.log(System.Logger.Level.TRACE, "refused, as it should be", refusal);
        }
    }
}
