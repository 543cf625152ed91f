package dev.tidings.http;

import dev.tidings.auth.Digest;
import dev.tidings.event.InvalidRequestException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code Idempotency-Key}, by which a publisher may publish again when an answer got lost. */
public final class IdempotencyKey {

    private static final String HEADER = "Idempotency-Key";
    private static final int MAX_BYTES = 255;

    private IdempotencyKey() {}

    /**
     * The key of this request, made unique to its sender and its path; null when it has none.
     *
     * @throws InvalidRequestException when there are several, or one that is empty or too long
     */
    public static @Nullable String of(HttpServletRequest request) {
        List<String> given = Collections.list(request.getHeaders(HEADER));
        if (given.isEmpty()) {
            return null;
        }
        // Containers make one character of each byte of a header.
        String key = given.get(0);
        if (given.size() > 1 || key.isEmpty() || key.length() > MAX_BYTES) {
            throw new InvalidRequestException(HEADER, "Give one key of 1 to " + MAX_BYTES + " bytes.");
        }
        return new Digest()
                .add(Authentication.of(request).name())
                .add(request.getServletPath())
                .add(key)
                .name();
    }
}
