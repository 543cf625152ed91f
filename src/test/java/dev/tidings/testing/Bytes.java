package dev.tidings.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that are collected, in room that is used again and again.
 *
 * <p><b>Threads.</b> One at a time.
 */
final class Bytes {

    private byte[] array = new byte[64];
    private int length;

    void add(byte b) {
        makeRoom(1);
        array[length++] = b;
    }

    void add(byte[] source, int from, int to) {
        makeRoom(to - from);
        System.arraycopy(source, from, array, length, to - from);
        length += to - from;
    }

    void clear() {
        length = 0;
    }

    /** All of them; only the first {@link #length} of the array are meant, and they change. */
    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }

    String text() {
        return new String(array, 0, length, StandardCharsets.UTF_8);
    }

    /**
     * The decimal number that stands at this place among those that single spaces part.
     *
     * @throws NumberFormatException when none does
     */
    long number(int place) {
        int at = 0;
        for (int skipped = 0; skipped < place; skipped++) {
            while (at < length && array[at] != ' ') {
                at++;
            }
            at++;
        }
        if (at >= length || !isDigit(array[at])) {
            throw new NumberFormatException("no number at place " + place + " of: " + text());
        }
        long number = 0;
        while (at < length && isDigit(array[at])) {
            number = 10 * number + array[at++] - '0';
        }
        return number;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private void makeRoom(int count) {
        if (length + count > array.length) {
            array = Arrays.copyOf(array, Math.max(2 * array.length, length + count));
        }
    }
}
