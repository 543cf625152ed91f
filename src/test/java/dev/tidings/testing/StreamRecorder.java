package dev.tidings.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * An open stream, its bytes and blocks kept as they come, to be taken one after the other.
 *
 * <p>Every wait is bounded, and a failure tells the whole stream so far. A stream that ends while an event is awaited
 * fails at once. Bytes no hub should send (see {@link BlockParser}) fail whatever is asked next.
 *
 * <p><b>Threads.</b> A daemon thread reads; it ends with the stream. Any thread may ask, one at a time.
 */
public final class StreamRecorder implements AutoCloseable {

    private final ResponseHead head;
    private final InputStream sent;
    private final Runnable reset;
    private final Runnable leave;
    private final Recording recording;
    private final Thread reader;

    StreamRecorder(RawClient client, ResponseHead head) {
        this(head, client.patient().body(head), client::reset, client::close);
    }

    StreamRecorder(ResponseHead head, InputStream sent, Runnable reset, Runnable leave) {
        this.head = head;
        this.sent = sent;
        this.reset = reset;
        this.leave = leave;
        this.recording = new Recording(head.header("Content-Type").startsWith("text/event-stream"));
        this.reader = new Thread(this::read, "stream-recorder");
        reader.setDaemon(true);
        reader.start();
    }

    /** Records what an HTTP client of the JDK's is sent, over whichever version of HTTP. */
    public static StreamRecorder of(HttpResponse<InputStream> response) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(response.headers().map());
        InputStream body = response.body();
        Runnable leave = () -> {
            try {
                body.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        return new StreamRecorder(new ResponseHead(response.statusCode(), headers), body, leave, leave);
    }

    /** The response's status code. */
    public int status() {
        return head.status();
    }

    /** The response's status and headers. */
    public ResponseHead head() {
        return head;
    }

    /** The next event, heartbeats and other blocks without data passed over. */
    public Block next() {
        return next(Eventually.LIMIT);
    }

    /** The next event, waited for no longer than {@code limit}. */
    public Block next(Duration limit) {
        return found(recording.take(Block::isEvent, limit), "an event", limit);
    }

    /** The next {@code count} events. */
    public List<Block> next(int count) {
        List<Block> events = new ArrayList<>();
        while (events.size() < count) {
            events.add(next());
        }
        return events;
    }

    /** The next block, whatever it is. */
    public Block nextBlock() {
        return found(recording.take(block -> true, Eventually.LIMIT), "a block", Eventually.LIMIT);
    }

    /** The next block, whatever it is; null if none comes within {@code limit}, or the stream ends before. */
    public @Nullable Block poll(Duration limit) {
        Block block = recording.take(any -> true, limit);
        checkFault();
        return block;
    }

    /** Whether the stream has ended; blocks may be left. */
    public boolean hasEnded() {
        return recording.awaitEnd(Duration.ZERO) != null;
    }

    /** The id a browser would send if it resumed after what was taken so far; empty when there was none. */
    public String lastEventId() {
        return recording.lastEventId();
    }

    /**
     * Fails when an event has come that was not taken. What is still under way is not seen: to show that something is
     * not delivered, publish a marker after it, take the marker, and look then.
     */
    public void assertExhausted() {
        checkFault();
        List<Block> events = recording.left().stream().filter(Block::isEvent).toList();
        if (!events.isEmpty()) {
            throw failure("Events left over: " + events);
        }
    }

    /** Waits for the end of the stream and says how it came. What has not been taken can still be. */
    public StreamEnd awaitEnd() {
        return awaitEnd(Eventually.LIMIT);
    }

    /** Waits for the end of the stream, no longer than {@code limit}. */
    public StreamEnd awaitEnd(Duration limit) {
        StreamEnd end = recording.awaitEnd(limit);
        checkFault();
        if (end == null) {
            throw failure("The stream has not ended within " + limit);
        }
        return end;
    }

    /** The body so far, without its chunks, and inflated where the server has compressed it. */
    public byte[] bytes() {
        return recording.bytes();
    }

    /** The whole body as text, once it has ended: for the answer that is no stream. */
    public String body() {
        awaitEnd();
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** Vanishes with a reset, as a crash would. */
    public void cut() {
        recording.end(StreamEnd.CLOSED);
        reset.run();
        joinReader();
    }

    /** Leaves; fails when bytes came meanwhile that no hub should send. */
    @Override
    public void close() {
        recording.end(StreamEnd.CLOSED);
        leave.run();
        joinReader();
        checkFault();
    }

    private void read() {
        byte[] buffer = new byte[8192];
        try (InputStream body = inflated()) {
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                recording.add(buffer, count);
            }
            recording.end(StreamEnd.COMPLETE);
        } catch (IOException e) {
            recording.end(StreamEnd.CUT);
        }
    }

    private InputStream inflated() throws IOException {
        return head.header("Content-Encoding").equals("gzip") ? new GZIPInputStream(sent) : sent;
    }

    private Block found(@Nullable Block block, String what, Duration limit) {
        if (block != null) {
            return block;
        }
        checkFault();
        throw failure("Waited for " + what + ", no longer than " + limit);
    }

    private void checkFault() {
        AssertionError fault = recording.fault();
        if (fault != null) {
            throw new AssertionError(fault.getMessage() + "\n" + this, fault);
        }
    }

    private AssertionError failure(String message) {
        return new AssertionError(message + "\n" + this);
    }

    private void joinReader() {
        try {
            reader.join(Eventually.LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "stream: " + head.status() + " " + head.headers() + ", " + recording.describe();
    }
}
