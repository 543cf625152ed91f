package dev.tidings.publish;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * An answer that is stored for a while, compressed if it is long: a list of a batch's ids then takes a tenth of its
 * size.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
final class PackedAnswer {

    /** Shorter ones stay as they are. */
    private static final int WORTH_PACKING = 512;

    private final byte[] bytes;
    private final boolean deflated;

    private PackedAnswer(byte[] bytes, boolean deflated) {
        this.bytes = bytes;
        this.deflated = deflated;
    }

    static PackedAnswer of(byte[] answer) {
        if (answer.length < WORTH_PACKING) {
            return new PackedAnswer(answer, false);
        }
        var packed = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(packed)) {
            deflater.write(answer);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new PackedAnswer(packed.toByteArray(), true);
    }

    /** How many bytes it takes. */
    int size() {
        return bytes.length;
    }

    byte[] unpack() {
        if (!deflated) {
            return bytes;
        }
        try (var inflater = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            return inflater.readAllBytes();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
