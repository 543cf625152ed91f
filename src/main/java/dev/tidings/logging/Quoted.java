package dev.tidings.logging;

import java.util.List;

/**
 * Writes values as JSON, with escapes for all that could end a line, hide a part of it, or turn its direction.
 *
 * <p><b>Threads.</b> Any.
 */
final class Quoted {

    private Quoted() {}

    /** Appends a Number, a String, or a List of them. */
    static void append(StringBuilder out, Object value) {
        if (value instanceof List<?> list) {
            out.append('[');
            for (int i = 0; i < list.size(); i++) {
                append(i == 0 ? out : out.append(','), list.get(i));
            }
            out.append(']');
        } else if (value instanceof Number number) {
            out.append(number);
        } else {
            appendText(out, value.toString());
        }
    }

    /** Whether a text can stand in a line without quotes. */
    static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character <= ' ' || character > '~' || character == '"' || character == '=' || character == '\\') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static void appendText(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            int length = Character.charCount(character);
            switch (character) {
                case '"', '\\' -> out.append('\\').append((char) character);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (isShown(character)) {
                        out.appendCodePoint(character);
                    } else {
                        escape(out, text, i, length);
                    }
                }
            }
            i += length;
        }
        out.append('"');
    }

    private static void escape(StringBuilder out, String text, int from, int length) {
        for (int i = from; i < from + length; i++) {
            out.append("\\u")
                    .append(Integer.toHexString(0x1_0000 | text.charAt(i)).substring(1));
        }
    }

    private static boolean isShown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
