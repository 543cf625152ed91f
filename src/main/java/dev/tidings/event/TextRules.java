package dev.tidings.event;

/**
 * The rules about text that several fields share. Whatever breaks one is refused by the name of its field.
 *
 * <p><b>Threads.</b> Any.
 */
final class TextRules {

    private TextRules() {}

    /** Refuses half of a surrogate pair, which no UTF-8 can say. */
    static void requireWellFormed(String field, String text) {
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
                throw new InvalidRequestException(
                        field, "It holds half of a surrogate pair at place " + at + "; give well-formed Unicode.");
            }
            at += Character.charCount(character);
        }
    }

    /** Refuses the control characters of ASCII and Latin-1: below U+0020, and U+007F to U+009F. */
    static void requireNoControls(String field, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.getType(text.charAt(i)) == Character.CONTROL) {
                throw new InvalidRequestException(
                        field,
                        String.format(
                                "It holds the control character U+%04X at place %d; leave it out.",
                                (int) text.charAt(i), i));
            }
        }
    }

    /** Refuses more than so many bytes of UTF-8. */
    static void requireAtMost(int bytes, String field, String text) {
        int size = utf8Length(text);
        if (size > bytes) {
            throw new InvalidRequestException(
                    field, "It has " + size + " bytes of UTF-8; at most " + bytes + " are possible.");
        }
    }

    /** How many bytes of UTF-8 a well-formed text takes. */
    static int utf8Length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit >= 0x80) {
                // A surrogate is half of a character of four bytes.
                bytes += unit < 0x800 || Character.isSurrogate(unit) ? 1 : 2;
            }
        }
        return bytes;
    }
}
