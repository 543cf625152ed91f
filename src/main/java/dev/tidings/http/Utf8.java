package dev.tidings.http;

import dev.tidings.event.InvalidRequestException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8: what is malformed is refused, where Java would put a replacement character and go on. */
final class Utf8 {

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
}
