package dev.tidings.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a JWK set (RFC 7517, section 5) that suit the algorithm, as the set was at one time.
 *
 * <p>A set is often shared with other uses. So a key for another purpose, or one that is too short or malformed, is
 * left out, and the other keys count.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param keys the keys that signatures may be verified with
 * @param skipped for each other key, why it was left out, for the operator
 */
record Jwks(List<Jwk> keys, List<String> skipped) {

    /**
     * Reads a set.
     *
     * @throws IOException when the bytes are no set
     */
    static Jwks parse(byte[] bytes, SigningAlgorithm algorithm) throws IOException {
        var keys = new ArrayList<Jwk>();
        var skipped = new ArrayList<String>();
        for (JsonNode entry : entries(bytes)) {
            try {
                keys.add(Jwk.of(entry, algorithm));
            } catch (IllegalArgumentException e) {
                skipped.add("key " + (keys.size() + skipped.size() + 1) + ": " + e.getMessage());
            }
        }
        return new Jwks(List.copyOf(keys), List.copyOf(skipped));
    }

    private static JsonNode entries(byte[] bytes) throws IOException {
        JsonNode set = null;
        try {
            set = JsonText.parse(bytes);
        } catch (IOException e) {
            // The exception quotes what was read, which must not be logged.
        }
        if (set == null || !set.path("keys").isArray()) {
            throw new IOException("it is no JWK set: a JSON object with a list \"keys\"");
        }
        return set.path("keys");
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /**
     * Returns the first key with that {@code kid}, or null when there is none. A token that names no key can only mean
     * the key of a set that has a single one.
     */
    @Nullable
    PublicKey find(@Nullable String id) {
        if (id == null) {
            return keys.size() == 1 ? keys.get(0).key() : null;
        }
        return keys.stream()
                .filter(key -> Objects.equals(key.id(), id))
                .map(Jwk::key)
                .findFirst()
                .orElse(null);
    }
}
