package dev.tidings.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A short name for a sequence of texts, made by SHA-256. Two sequences with the same name are the same.
 *
 * <p><b>Threads.</b> One at a time.
 */
public final class Digest {

    private final MessageDigest sha = sha256();

    /** Adds a text and its length, so that two sequences never run into one. Null differs from an empty text. */
    public Digest add(@Nullable String text) {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(UTF_8);
        sha.update(ByteBuffer.allocate(Integer.BYTES)
                .putInt(text == null ? -1 : bytes.length)
                .flip());
        sha.update(bytes);
        return this;
    }

    /** The name of the texts that were added. */
    public String name() {
        return Base64.getEncoder().encodeToString(sha.digest());
    }

    /** A SHA-256 of no bytes yet. */
    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }
}
