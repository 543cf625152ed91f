package dev.tidings.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads an event stream as the WHATWG HTML standard says (section 9.2.6), and is stricter where a browser forgives.
 *
 * <p>A browser ignores a field it does not know, a {@code retry} that is no number, an {@code id} with NUL in it, and
 * replaces bytes that are not UTF-8. A hub has no business sending any of them, so here each is a failure.
 * Written from the standard and shared with nobody: what it reads, the hub did not encode.
 *
 * <p><b>Threads.</b> One at a time.
 */
public final class BlockParser {

    private static final Set<String> FIELDS = Set.of("event", "data", "id", "retry", "");

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private List<String> lines = new ArrayList<>();
    private boolean afterCarriageReturn;
    private boolean begun;

    /**
     * Takes the next bytes of the stream, cut wherever they were cut, and returns the blocks they complete.
     *
     * @throws AssertionError when the bytes are no event stream a hub should send
     */
    public List<Block> feed(byte[] bytes, int offset, int length) {
        List<Block> complete = new ArrayList<>();
        for (int i = offset; i < offset + length; i++) {
            byte b = bytes[i];
            boolean secondHalfOfLineEnd = afterCarriageReturn && b == '\n';
            afterCarriageReturn = b == '\r';
            if (secondHalfOfLineEnd) {
                continue;
            }
            if (b == '\n' || b == '\r') {
                endLine(complete);
            } else {
                line.write(b);
            }
        }
        return complete;
    }

    /** What has come since the last blank line: a stream that ends well leaves nothing. */
    public String rest() {
        return String.join("\n", lines) + (lines.isEmpty() ? "" : "\n") + line.toString(StandardCharsets.UTF_8);
    }

    private void endLine(List<Block> complete) {
        String text = decode(line.toByteArray());
        line.reset();
        if (!begun && text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        begun = true;
        if (!text.isEmpty()) {
            check(text);
            lines.add(text);
        } else if (!lines.isEmpty()) {
            complete.add(new Block(List.copyOf(lines)));
            lines = new ArrayList<>();
        }
    }

    private static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AssertionError("Not UTF-8: " + new String(bytes, StandardCharsets.UTF_8), e);
        }
    }

    private static void check(String text) {
        String field = Block.fieldOf(text);
        String value = Block.valueOf(text);
        if (!FIELDS.contains(field)) {
            throw new AssertionError("No field of an event stream: " + text);
        }
        if (field.equals("id") && value.indexOf('\0') >= 0) {
            throw new AssertionError("An id with NUL in it, which a browser ignores: " + text);
        }
        if (field.equals("retry") && !value.matches("[0-9]+")) {
            throw new AssertionError("A retry that is no number, which a browser ignores: " + text);
        }
    }
}
