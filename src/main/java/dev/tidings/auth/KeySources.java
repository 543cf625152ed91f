package dev.tidings.auth;

import java.util.function.LongSupplier;

/**
 * Makes the key source that a setting names.
 *
 * <p><b>Threads.</b> Any.
 */
public final class KeySources {

    private KeySources() {}

    /** Returns a source with this key: a PEM public key when the text has a PEM's header, or else an HMAC secret. */
    public static KeySource of(String text) {
        return PemKey.isPem(text) ? new PemKey(text) : new HmacSecret(text);
    }

    /**
     * Returns a source with the keys of the JWK set at this address (RFC 7517).
     *
     * @param address an address of {@code https:}, or {@code file:} and a path
     * @param nanoTime a clock that only goes forward, as {@link System#nanoTime}, by which the set grows old
     * @throws IllegalArgumentException with a sentence for the operator, when it is neither
     */
    public static KeySource ofSet(String address, LongSupplier nanoTime) {
        return new JwksKeys(JwksAddress.of(address), nanoTime);
    }
}
