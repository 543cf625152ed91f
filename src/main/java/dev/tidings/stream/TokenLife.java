package dev.tidings.stream;

import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a stream lives by its token: until the token expires, or is revoked.
 *
 * <p><b>Threads.</b> Immutable; any. One thread at a time asks whether the token was revoked.
 *
 * @param ends when the token expires, or null for never
 * @param revoked tells whether the token was revoked, and costs next to nothing to ask. Once it was, it stays so
 */
public record TokenLife(@Nullable Instant ends, BooleanSupplier revoked) {

    /** The life of a token that nobody revokes. */
    public static TokenLife until(@Nullable Instant ends) {
        return new TokenLife(ends, () -> false);
    }
}
