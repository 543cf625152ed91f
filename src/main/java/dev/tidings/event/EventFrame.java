package dev.tidings.event;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * The bytes of {@code text/event-stream} (HTML, section 9.2.5), in UTF-8: what a browser reads back is what
 * was published, save that each line break of the data has become LF.
 *
 * <p>This is the only place that knows how the format breaks lines. Lines end with LF alone, and one space
 * stands after each colon, so that leading spaces of a value survive. Ids, types and comments must be one
 * line; {@link PublishRequest} sees to that for events.
 *
 * <p><b>Threads.</b> Any. A returned array belongs to the caller.
 */
public final class EventFrame {

    private static final byte[] DATA = "data: ".getBytes(US_ASCII);

    /** Enough for an id that the hub makes, and a type. */
    private static final int HEAD_CHARACTERS = 96;

    private EventFrame() {}

    /**
     * An event: {@code event:}, {@code retry:} and {@code id:} where given, then one {@code data:} line for
     * each line of the data, then a blank line. CRLF, CR and LF break lines; one at the end is followed by
     * an empty line. Where the data are empty there is one empty {@code data:} line, since a browser dispatches nothing
     * otherwise.
     *
     * @param retry in milliseconds
     */
    public static byte[] event(@Nullable String type, @Nullable Integer retry, @Nullable String id, String data) {
        byte[] head = head(type, retry, id);
        byte[] text = data.getBytes(UTF_8);
        int lines = 1;
        int breaks = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\r' || text[i] == '\n') {
                breaks++;
                lines += text[i] == '\n' && i > 0 && text[i - 1] == '\r' ? 0 : 1;
            }
        }
        var frame = new byte[head.length + lines * (DATA.length + 1) + text.length - breaks + 1];
        System.arraycopy(head, 0, frame, 0, head.length);
        int at = head.length;
        int from = 0;
        for (int line = 1; line <= lines; line++) {
            int to = line == lines ? text.length : endOfLine(text, from);
            System.arraycopy(DATA, 0, frame, at, DATA.length);
            System.arraycopy(text, from, frame, at + DATA.length, to - from);
            at += DATA.length + to - from;
            frame[at++] = '\n';
            from = line == lines ? to : to + breakAt(text, to);
        }
        frame[at] = '\n';
        return frame;
    }

    /** A comment, which browsers ignore: one line of its own. An empty one is a lone colon. */
    public static byte[] comment(String text) {
        return (text.isEmpty() ? ":\n" : ": " + text + "\n").getBytes(UTF_8);
    }

    /**
     * A block that is no event: an empty comment, and with it how long the reader is to wait before it reconnects and
     * what it is to take for its last event id, each where given.
     *
     * @param retry in milliseconds
     */
    public static byte[] withoutData(@Nullable Long retry, @Nullable String id) {
        var block = new StringBuilder(HEAD_CHARACTERS).append(":\n");
        if (retry != null) {
            block.append("retry: ").append(retry.longValue()).append('\n');
        }
        if (id != null) {
            block.append("id: ").append(id).append('\n');
        }
        return block.append('\n').toString().getBytes(UTF_8);
    }

    /**
     * Where to cut blocks that follow each other, so that so many bytes hold what is before: at the end of a block, or
     * within one that is longer.
     *
     * @param from where the bytes to cut begin, before the end
     * @param most how many bytes there may be before the cut, at least 1
     */
    public static int endOfBlocks(byte[] blocks, int from, int most) {
        if (blocks.length - from <= most) {
            return blocks.length;
        }
        int end = from + most;
        while (end - from > 1 && !(blocks[end - 1] == '\n' && blocks[end - 2] == '\n')) {
            end--;
        }
        return end - from > 1 ? end : from + most;
    }

    /** The most bytes that the lines of this data add to the size of its frame. */
    static int overhead(String data) {
        int lines = 1;
        for (int i = 0; i < data.length(); i++) {
            char character = data.charAt(i);
            if (character == '\n' || character == '\r') {
                lines++;
            }
        }
        return lines * DATA.length;
    }

    private static byte[] head(@Nullable String type, @Nullable Integer retry, @Nullable String id) {
        var head = new StringBuilder(HEAD_CHARACTERS);
        if (type != null) {
            head.append("event: ").append(type).append('\n');
        }
        if (retry != null) {
            head.append("retry: ").append(retry.intValue()).append('\n');
        }
        if (id != null) {
            head.append("id: ").append(id).append('\n');
        }
        return head.toString().getBytes(UTF_8);
    }

    private static int endOfLine(byte[] text, int from) {
        int end = from;
        while (text[end] != '\n' && text[end] != '\r') {
            end++;
        }
        return end;
    }

    /** The length of the line break at this place: 2 for CRLF, else 1. */
    private static int breakAt(byte[] text, int at) {
        return text[at] == '\r' && at + 1 < text.length && text[at + 1] == '\n' ? 2 : 1;
    }
}
