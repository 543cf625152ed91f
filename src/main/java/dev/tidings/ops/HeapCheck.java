package dev.tidings.ops;

import jakarta.servlet.ServletContext;
import java.util.List;

/**
 * Compares the heap with the memory that the hub may come to need, when the hub starts.
 *
 * <p>A heap that is too small is full days later: history has grown, or all clients reconnect at once. The container's
 * own threads may end then, and no hub can repair that.
 *
 * <p>The figures are rough, and on the safe side.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param heap the most bytes that the heap may have
 * @param history the most bytes of memory that history takes
 * @param settings the settings that bound history, with their values, in the operator's words
 * @param streams for how many streams there should be room
 * @param streamBytes the memory of an open stream in this container
 * @param outboxBytes the most bytes that wait for one stream
 */
public record HeapCheck(long heap, long history, String settings, long streams, long streamBytes, long outboxBytes) {

    private static final long MEBIBYTE = 1L << 20;

    /** The memory of the container and the hub before there is any event or stream. */
    private static final long BASE = 48 * MEBIBYTE;

    /** The memory of an open stream on Jetty, and on the container that needs most for it, as the deployment guide has them. */
    private static final long STREAM_ON_JETTY = 8 * 1024;

    private static final long STREAM = 105 * 1024;

    /** A hub without a limit of streams should have room for so many. */
    public static final int STREAMS = 500;

    /** Returns the settings that bound history in words, for {@link #settings}. */
    public static String settings(int events, long bytes) {
        return "tidings.history.bytes is " + mebibytes(bytes) + " and tidings.history.events is " + events;
    }

    /** Returns the memory of an open stream, for {@link #streamBytes}. */
    public static long streamBytes(ServletContext context) {
        return HiddenJetty.is(context) ? STREAM_ON_JETTY : STREAM;
    }

    /** Returns a sentence for the operator, or none when the heap is large enough. */
    public List<String> warnings() {
        long needed = BASE + history + streams * streamBytes;
        if (heap >= needed) {
            return List.of();
        }
        long left = Math.max(0, heap - BASE - history);
        return List.of("The heap of " + mebibytes(heap) + " may run out. History may take "
                + mebibytes(history) + ": " + settings + ". The container and the hub take about " + mebibytes(BASE)
                + ". The rest has room for " + left / streamBytes + " streams of about " + streamBytes / 1024
                + " KiB each. A stream whose client does not read takes up to " + mebibytes(outboxBytes)
                + " more (tidings.outbox.bytes). Start the container with -Xmx" + (needed + MEBIBYTE - 1) / MEBIBYTE
                + "m or more, or set tidings.history.bytes lower. Have the JVM exit when memory has run out, as the"
                + " deployment guide shows.");
    }

    private static String mebibytes(long bytes) {
        return bytes < MEBIBYTE ? bytes / 1024 + " KiB" : bytes / MEBIBYTE + " MiB";
    }
}
