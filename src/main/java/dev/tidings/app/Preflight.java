package dev.tidings.app;

import dev.tidings.auth.Grant;
import dev.tidings.auth.Revocations;
import dev.tidings.auth.SigningAlgorithm;
import dev.tidings.auth.TokenSigner;
import dev.tidings.auth.TokenVerifier;
import dev.tidings.auth.UnauthorizedException;
import dev.tidings.config.SettingException;
import dev.tidings.config.Settings;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment would say of the settings, without a deployment: the same code checks them. Nothing is opened but
 * the files that settings name, and no log, since another hub may be using it.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class Preflight {

    private static final String KEY = "tidings.jwt.key";

    private final Settings settings;
    private final Clock clock;
    private final Security security;

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException with a sentence for the operator, when a hub would not be deployed
     */
    public Preflight(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        security = new Security(settings, Demo.of(settings), clock, new Revocations(clock));
        LogBuilder.retention(settings.history());
        if (settings.isLogOnRedis()) {
            RedisParts.check(settings);
        }
    }

    /** Why no token can be verified now, as a sentence; null if they can be. It may read keys over the network. */
    public @Nullable String keyFault() {
        return security.keyFault();
    }

    /**
     * Returns what this token allows at such a hub.
     *
     * @throws UnauthorizedException with the reason, when the hub would refuse it
     * @throws SettingException when the hub has no key
     */
    public Grant verify(String token) {
        TokenVerifier verifier = security.verifier();
        if (verifier == null) {
            throw SettingException.of(KEY, "is not set, so no token can be verified");
        }
        return verifier.verify(token);
    }

    /**
     * Returns what signs tokens for such a hub.
     *
     * @throws SettingException when the hub does not have the key that signs
     */
    public TokenSigner signer() {
        String key = settings.jwt().key();
        if (key == null) {
            throw SettingException.of(KEY, "is not set, and a token is signed with it");
        }
        return Checked.checked(
                KEY,
                () -> new TokenSigner(
                        SigningAlgorithm.valueOf(settings.jwt().algorithm()), key, Security.rules(settings), clock));
    }
}
