package dev.tidings.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a stream has brought so far, and how much of it the test has taken.
 *
 * <p><b>Threads.</b> One thread adds and any other takes; all of it under this object's monitor.
 */
final class Recording {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final BlockParser parser = new BlockParser();
    private final List<Block> blocks = new ArrayList<>();
    private final boolean isEventStream;
    private int taken;
    private @Nullable StreamEnd end;
    private @Nullable AssertionError fault;

    Recording(boolean isEventStream) {
        this.isEventStream = isEventStream;
    }

    synchronized void add(byte[] read, int length) {
        bytes.write(read, 0, length);
        if (isEventStream && fault == null) {
            try {
                blocks.addAll(parser.feed(read, 0, length));
            } catch (AssertionError e) {
                fault = e;
            }
        }
        notifyAll();
    }

    /** Only the first end counts: closing what has ended changes nothing. */
    synchronized void end(StreamEnd how) {
        if (end == null) {
            end = how;
        }
        notifyAll();
    }

    /** Takes the next block that is {@code wanted}, and with it all those before it. */
    synchronized @Nullable Block take(Predicate<Block> wanted, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        do {
            while (taken < blocks.size()) {
                Block block = blocks.get(taken++);
                if (wanted.test(block)) {
                    return block;
                }
            }
        } while (end == null && fault == null && await(deadline));
        return null;
    }

    synchronized @Nullable StreamEnd awaitEnd(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean inTime = true;
        while (end == null && inTime) {
            inTime = await(deadline);
        }
        return end;
    }

    /** The id in effect after the blocks taken so far; empty before the first. */
    synchronized String lastEventId() {
        String id = "";
        for (Block block : blocks.subList(0, taken)) {
            String own = block.id();
            id = own == null ? id : own;
        }
        return id;
    }

    synchronized List<Block> left() {
        return List.copyOf(blocks.subList(taken, blocks.size()));
    }

    synchronized byte[] bytes() {
        return bytes.toByteArray();
    }

    synchronized @Nullable AssertionError fault() {
        return fault;
    }

    /** All there is to know, for a failure's message. */
    synchronized String describe() {
        StringBuilder text = new StringBuilder("ended: ").append(end == null ? "no" : end);
        if (!isEventStream) {
            return text + "\n" + bytes.toString(StandardCharsets.UTF_8);
        }
        text.append(", blocks: ").append(blocks.size()).append(", taken: ").append(taken);
        blocks.forEach(block -> text.append("\n  ").append(block));
        return parser.rest().isEmpty() ? text.toString() : text + "\n  unfinished: " + parser.rest();
    }

    private boolean await(long deadline) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        try {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
