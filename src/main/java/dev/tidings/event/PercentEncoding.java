package dev.tidings.event;

/** Writes characters as percent-encoded UTF-8 (RFC 3986, section 2.1), and reads them where they stand in a text. */
public final class PercentEncoding {

    /** The length of {@code %XX}. */
    public static final int TRIPLET = 3;

    private static final String DIGITS = "0123456789ABCDEF";

    private PercentEncoding() {}

    /** Appends the bytes of the character's UTF-8 as triplets with upper-case digits. */
    public static void append(StringBuilder text, int character) {
        if (character < 0x80) {
            appendOctet(text, character);
        } else if (character < 0x800) {
            appendOctet(text, 0xC0 | character >> 6);
            appendOctet(text, continuation(character));
        } else if (character < 0x10000) {
            appendOctet(text, 0xE0 | character >> 12);
            appendOctet(text, continuation(character >> 6));
            appendOctet(text, continuation(character));
        } else {
            appendOctet(text, 0xF0 | character >> 18);
            appendOctet(text, continuation(character >> 12));
            appendOctet(text, continuation(character >> 6));
            appendOctet(text, continuation(character));
        }
    }

    private static int continuation(int bits) {
        return 0x80 | (bits & 0x3F);
    }

    private static void appendOctet(StringBuilder text, int octet) {
        text.append('%').append(DIGITS.charAt(octet >> 4)).append(DIGITS.charAt(octet & 0xF));
    }

    /** The byte that the triplet at this place stands for, its digits in either case, or -1 where none is. */
    public static int octetAt(String text, int at) {
        if (at + TRIPLET > text.length() || text.charAt(at) != '%') {
            return -1;
        }
        int high = digit(text.charAt(at + 1));
        int low = digit(text.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int digit(char digit) {
        return digit < 0x80 ? Character.digit(digit, 16) : -1;
    }

    /**
     * The length of the triplets at this place that are the UTF-8 of one character, 3 to 12, or 0 where
     * none are: overlong forms, surrogates and what is above U+10FFFF are no characters (Unicode, table 3-7).
     */
    public static int characterAt(String text, int at) {
        int first = octetAt(text, at);
        if (first < 0x80) {
            return first < 0 ? 0 : TRIPLET;
        }
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        int second = octetAt(text, at + TRIPLET);
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        int octets = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        for (int i = 2; i < octets; i++) {
            if ((octetAt(text, at + i * TRIPLET) & 0xC0) != 0x80) {
                return 0;
            }
        }
        return octets * TRIPLET;
    }

    /** Whether the triplets between these places are written as {@link #append} writes them. */
    public static boolean isUpperCase(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) >= 'a') {
                return false;
            }
        }
        return true;
    }
}
