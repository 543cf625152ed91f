package dev.tidings.http.stream;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Joins frames that leave in one write into one array. Streams that lack the same frames at about the same time share
 * the array. In a burst most streams do, and an array for each of them would be most of the garbage.
 *
 * <p>Remembered is the last array of each of {@value #REMEMBERED} classes of counts, so that streams which are further
 * behind do not drive out what the others share.
 *
 * <p><b>Threads.</b> Any. The returned array is shared; do not change it.
 */
final class JoinedFrames {

    private static final int REMEMBERED = 8;

    private static final class Joined {

        private final byte[][] frames;
        private final byte[] bytes;

        Joined(byte[][] frames, byte[] bytes) {
            this.frames = frames;
            this.bytes = bytes;
        }

        boolean isOf(byte[][] others) {
            if (frames.length != others.length) {
                return false;
            }
            for (int i = 0; i < frames.length; i++) {
                if (frames[i] != others[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    private final AtomicReferenceArray<@Nullable Joined> remembered = new AtomicReferenceArray<>(REMEMBERED);

    /** These frames one after the other. They are recognised by identity, not by their bytes. */
    byte[] of(byte[][] frames) {
        int slot = frames.length % REMEMBERED;
        Joined last = remembered.get(slot);
        if (last != null && last.isOf(frames)) {
            return last.bytes;
        }
        byte[] bytes = join(frames);
        remembered.set(slot, new Joined(frames, bytes));
        return bytes;
    }

    /** These frames one after the other, in a new array. */
    static byte[] join(byte[][] frames) {
        int length = 0;
        for (byte[] frame : frames) {
            length += frame.length;
        }
        var bytes = new byte[length];
        int at = 0;
        for (byte[] frame : frames) {
            System.arraycopy(frame, 0, bytes, at, frame.length);
            at += frame.length;
        }
        return bytes;
    }
}
