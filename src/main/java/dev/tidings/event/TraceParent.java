package dev.tidings.event;

import org.jspecify.annotations.Nullable;

/**
 * Reads what W3C Trace Context calls {@code traceparent}: the trace that a publish is part of, and the step in it that
 * published.
 *
 * <p>The hub makes no trace and no step of its own. It passes on what it was given, so that a reader can go on with the
 * trace. What is malformed counts as absent, as the standard asks (section 3.2.2).
 *
 * <p><b>Threads.</b> Any.
 */
final class TraceParent {

    /** {@code 00-}, 32 digits, a dash, 16 digits, a dash, 2 digits. */
    private static final int LENGTH = 55;

    private static final String VERSION = "00-";
    private static final int TRACE = 3;
    private static final int STEP = 36;
    private static final int FLAGS = 53;

    private TraceParent() {}

    /**
     * The value in the form of version 00, or null if this is none. Of a later version only what is known here counts: the
     * ids, and whether the trace is sampled.
     */
    static @Nullable String of(@Nullable String text) {
        if (text == null || text.length() < LENGTH || !isWellFormed(text)) {
            return null;
        }
        if (text.startsWith(VERSION)) {
            return text.length() == LENGTH ? text : null;
        }
        if (text.startsWith("ff") || (text.length() > LENGTH && text.charAt(LENGTH) != '-')) {
            return null;
        }
        boolean sampled = (Character.digit(text.charAt(LENGTH - 1), 16) & 1) == 1;
        return VERSION + text.substring(TRACE, FLAGS) + (sampled ? "01" : "00");
    }

    private static boolean isWellFormed(String text) {
        return isHex(text, 0, TRACE - 1)
                && isId(text, TRACE, STEP - 1)
                && isId(text, STEP, FLAGS - 1)
                && isHex(text, FLAGS, LENGTH)
                && text.charAt(TRACE - 1) == '-'
                && text.charAt(STEP - 1) == '-'
                && text.charAt(FLAGS - 1) == '-';
    }

    /** An id of zeros alone is none. */
    private static boolean isId(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '0') {
                return isHex(text, from, to);
            }
        }
        return false;
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char digit = text.charAt(i);
            if (!(digit >= '0' && digit <= '9' || digit >= 'a' && digit <= 'f')) {
                return false;
            }
        }
        return true;
    }
}
