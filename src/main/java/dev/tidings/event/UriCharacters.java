package dev.tidings.event;

/** The classes of characters that RFC 6570 builds on (its section 1.5, and the grammar in section 2.1). */
public final class UriCharacters {

    private static final int ASCII = 128;

    private static final boolean[] UNRESERVED = table("-._~");
    private static final boolean[] RESERVED = table(":/?#[]@!$&'()*+,;=");

    static {
        for (int character = 0; character < ASCII; character++) {
            UNRESERVED[character] |= isAlphanumeric(character);
        }
    }

    private UriCharacters() {}

    public static boolean isUnreserved(int character) {
        return isAmong(character, 0, ASCII - 1) && UNRESERVED[character];
    }

    public static boolean isReserved(int character) {
        return isAmong(character, 0, ASCII - 1) && RESERVED[character];
    }

    private static boolean[] table(String marks) {
        var table = new boolean[ASCII];
        marks.chars().forEach(mark -> table[mark] = true);
        return table;
    }

    public static boolean isAlphanumeric(int character) {
        return isAmong(character, 'a', 'z') || isAmong(character, 'A', 'Z') || isAmong(character, '0', '9');
    }

    /**
     * Whether a template may hold it as a literal, {@code %} aside. The apostrophe may (erratum 6937).
     *
     * <p>Outside ASCII these are {@code ucschar} and {@code iprivate} of RFC 3987, section 2.2.
     */
    public static boolean isLiteral(int character) {
        if (character < 0xA0) {
            return isUnreserved(character) || isReserved(character);
        }
        boolean surrogate = isAmong(character, Character.MIN_SURROGATE, Character.MAX_SURROGATE);
        boolean special = isAmong(character, 0xFFF0, 0xFFFF) || isAmong(character, 0xE0000, 0xE0FFF);
        boolean noCharacter = isAmong(character, 0xFDD0, 0xFDEF) || (character & 0xFFFE) == 0xFFFE;
        return !surrogate && !special && !noCharacter;
    }

    private static boolean isAmong(int character, int first, int last) {
        return first <= character && character <= last;
    }
}
