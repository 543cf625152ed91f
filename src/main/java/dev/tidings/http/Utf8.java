package dev.tidings.http;

import dev.tidings.event.InvalidRequestException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8: what is malformed is refused, where Java would put a replacement character and go on. */
public final class Utf8 {

    private Utf8() {}

    /**
     * The text that these bytes are.
     *
     * @param length how many of the bytes count
     * @param field what the bytes are, for the refusal
     * @throws InvalidRequestException saying where they are malformed
     */
    static String decode(byte[] bytes, int length, String field) {
        ByteBuffer unread = ByteBuffer.wrap(bytes, 0, length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(unread).toString();
        } catch (CharacterCodingException malformed) {
            throw new InvalidRequestException(
                    field, "It is not UTF-8: malformed at byte " + (unread.position() + 1) + ".");
        }
    }

    /** Whether UTF-8 can express this text: it holds no half of a surrogate pair. */
    public static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean pair = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
