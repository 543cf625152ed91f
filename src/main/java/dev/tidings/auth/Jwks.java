package dev.tidings.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JWK set (RFC 7517, section 5) as it was at one time: those of its keys that suit the algorithm.
 *
 * <p>A set is often shared with other uses, so what is for another purpose, too short or malformed is
 * left out and harms nobody else.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param keys those that signatures may be verified with
 * @param skipped why each of the others was left out, for the operator
 */
record Jwks(List<Jwk> keys, List<String> skipped) {

    /**
     * Reads a set.
     *
     * @throws IOException when it is none
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
            // Its message quotes what was read, and that is for nobody's log
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
     * The key of that {@code kid}, the first where several have it; null when there is none. A token that
     * names no key can only mean the one there is.
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
