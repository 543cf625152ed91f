package dev.tidings.auth;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Makes HMAC secrets that cannot be guessed.
 *
 * <p><b>Threads.</b> Any.
 */
public final class RandomSecret {

    /** As text they are 64 characters, which is enough for HS512. */
    private static final int RANDOM_BYTES = 48;

    private RandomSecret() {}

    /** Returns a new secret, as Base64 on one line. It is long enough for every HMAC algorithm. */
    public static String text() {
        var bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
