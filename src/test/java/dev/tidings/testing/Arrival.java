package dev.tidings.testing;

import org.jspecify.annotations.Nullable;

/**
 * An event as a {@link CrowdStream} reads it: what is asked for is made a text or a number, the rest stays bytes.
 *
 * <p>It is the reader's only until the reader returns; the next event comes in the same object.
 *
 * <p><b>Threads.</b> The crowd's.
 */
public final class Arrival {

    private final Bytes type = new Bytes();
    private final Bytes id = new Bytes();
    private final Bytes data = new Bytes();
    private boolean hasId;
    private boolean hasData;
    private final Bytes retry = new Bytes();
    private boolean hasRetry;
    private long readAt;

    /** Its type; empty when it has none. */
    public String type() {
        return type.text();
    }

    /** The last line of its data. */
    public String data() {
        return data.text();
    }

    /** Whether its data, that is their last line, begin so. */
    public boolean dataStartsWith(String beginning) {
        return startsWith(beginning, data.array(), 0, data.length());
    }

    /** The number that is, among those that single spaces part, at this place of the data, from 0 on. */
    public long number(int place) {
        return data.number(place);
    }

    /** The {@link System#nanoTime} at which its bytes were read. */
    public long readAt() {
        return readAt;
    }

    /** Its id, or null when it has none. */
    @Nullable
    Bytes id() {
        return hasId ? id : null;
    }

    /** After how many milliseconds to come again, or -1 when it does not say. */
    long retry() {
        return hasRetry ? retry.number(0) : -1;
    }

    /** Whether it is an event at all; otherwise it is a block that only says something of the stream. */
    boolean hasData() {
        return hasData;
    }

    void readAt(long nanoTime) {
        readAt = nanoTime;
    }

    /** Takes a line of a block. */
    void line(byte[] array, int from, int to) {
        if (startsWith("data:", array, from, to)) {
            hasData = true;
            value(data, array, from + 5, to);
        } else if (startsWith("id:", array, from, to)) {
            hasId = true;
            value(id, array, from + 3, to);
        } else if (startsWith("event:", array, from, to)) {
            value(type, array, from + 6, to);
        } else if (startsWith("retry:", array, from, to)) {
            hasRetry = true;
            value(retry, array, from + 6, to);
        }
    }

    /** Makes ready for the next block. */
    void clear() {
        type.clear();
        hasId = false;
        hasData = false;
        hasRetry = false;
    }

    private static void value(Bytes field, byte[] array, int from, int to) {
        field.clear();
        field.add(array, from < to && array[from] == ' ' ? from + 1 : from, to);
    }

    private static boolean startsWith(String field, byte[] array, int from, int to) {
        if (to - from < field.length()) {
            return false;
        }
        for (int i = 0; i < field.length(); i++) {
            if (array[from + i] != field.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
