package dev.tidings.auth;

import java.util.function.LongSupplier;

/** Makes the key source that a setting names. */
public final class KeySources {

    private KeySources() {}

    /** The key that this text is: a PEM public key where it has a PEM's armour, or else an HMAC secret. */
    public static KeySource of(String text) {
        return PemKey.isPem(text) ? new PemKey(text) : new HmacSecret(text);
    }

    /**
     * The keys published at this address as a JWK set (RFC 7517).
     *
     * @param address {@code https:}, or {@code file:} and a path
     * @param nanoTime a clock that only goes forward, as {@link System#nanoTime}, by which the set grows old
     * @throws IllegalArgumentException with a sentence for the operator, when it is neither
     */
    public static KeySource ofSet(String address, LongSupplier nanoTime) {
        return new JwksKeys(JwksAddress.of(address), nanoTime);
    }
}
