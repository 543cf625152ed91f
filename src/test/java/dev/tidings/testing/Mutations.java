package dev.tidings.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Bytes that are nearly what they should be, for tests of whatever reads what strangers send: a valid input with some of
 * it changed, left out, repeated or replaced. Noise alone is refused at its first byte, and finds nothing.
 *
 * <p>How many a test tries is {@code jqwik.tries.default}: a thousand in every build, and many more in the profile
 * {@code long}.
 */
public final class Mutations {

    /** What readers of anything may stumble over. */
    private static final List<String> PIECES = List.of(
            "",
            "\0",
            "\r",
            "\n",
            "\r\n",
            "\"",
            "\\",
            "\\u0000",
            "\\ud800",
            "{",
            "}",
            "[",
            "]",
            "[[[[[[[[",
            ",",
            ":",
            ";",
            "&",
            "=",
            "%",
            "%00",
            "%zz",
            "%C3",
            "+",
            ".",
            "-",
            " ",
            "\uFEFF",
            "\u0085",
            "\u2028",
            "é",
            "\uD83D\uDE00",
            "0",
            "-1",
            "1e999",
            "9223372036854775808",
            "18446744073709551615",
            "1e-7",
            "NaN",
            "null",
            "true",
            "earliest",
            "urn:uuid:",
            "#",
            "{}",
            "{+x*}",
            "/users/",
            "/clients",
            "*",
            "..",
            "/".repeat(40),
            "a".repeat(3_000));

    private enum Kind {
        REPLACE,
        INSERT,
        DELETE,
        REPEAT,
        CUT,
        FLIP,
        SPLICE
    }

    /**
     * One change.
     *
     * @param place where, as a part of the whole
     * @param length how many bytes it is about
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares changes, or keeps one.
    private record Change(Kind kind, double place, int length, byte[] piece) {

        byte[] in(byte[] bytes) {
            int from = (int) (place * bytes.length);
            int to = Math.min(bytes.length, from + length);
            byte[] before = Arrays.copyOf(bytes, from);
            byte[] part = Arrays.copyOfRange(bytes, from, to);
            byte[] after = Arrays.copyOfRange(bytes, to, bytes.length);
            return switch (kind) {
                case REPLACE -> joined(before, piece, after);
                case INSERT -> joined(before, piece, part, after);
                case DELETE -> joined(before, after);
                case REPEAT -> joined(before, part, part, part, after);
                case CUT -> before;
                case FLIP -> joined(before, flipped(part), after);
                case SPLICE -> joined(before, after, part);
            };
        }

        private byte[] flipped(byte[] part) {
            byte[] flipped = part.clone();
            if (flipped.length > 0) {
                flipped[0] ^= (byte) (1 << (length % 8));
            }
            return flipped;
        }

        private static byte[] joined(byte[]... parts) {
            var all = new ByteArrayOutputStream();
            for (byte[] part : parts) {
                all.writeBytes(part);
            }
            return all.toByteArray();
        }
    }

    private Mutations() {}

    /** Changes of these bytes, and sometimes the bytes themselves, or noise. */
    public static Arbitrary<byte[]> ofBytes(List<byte[]> valid) {
        Arbitrary<byte[]> pieces = Arbitraries.oneOf(
                Arbitraries.of(PIECES).map(piece -> piece.getBytes(UTF_8)),
                Arbitraries.of(valid),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(8));
        Arbitrary<Change> changes = Combinators.combine(
                        Arbitraries.of(Kind.values()),
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.integers().between(0, 40),
                        pieces)
                .as(Change::new);
        Arbitrary<byte[]> changed = Combinators.combine(
                        Arbitraries.of(valid), changes.list().ofMaxSize(4))
                .as(Mutations::apply);
        return Arbitraries.frequencyOf(
                Tuple.of(9, changed),
                Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(200)));
    }

    /** Changes of these texts, as UTF-8. */
    public static Arbitrary<byte[]> of(String... valid) {
        return ofBytes(Arrays.stream(valid).map(text -> text.getBytes(UTF_8)).toList());
    }

    private static byte[] apply(byte[] bytes, List<Change> changes) {
        byte[] changed = bytes;
        for (Change change : changes) {
            changed = change.in(changed);
        }
        return changed;
    }
}
