package dev.tidings.http.stream;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A response's output that a test is the other end of: it is ready, full or broken as the test says.
 *
 * <p><b>Threads.</b> Any.
 */
final class RecordingOutput extends ServletOutputStream {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int writes;
    private int flushes;
    private int questions;
    private int room = Integer.MAX_VALUE;
    private boolean broken;
    private @Nullable WriteListener written;
    private final List<String> prepared = new ArrayList<>();

    /** Takes so many more writes, and is full then. */
    synchronized void room(int writesTaken) {
        room = writesTaken;
    }

    /** From now on whatever is written or flushed fails. */
    synchronized void breakDown() {
        broken = true;
    }

    /** All that was written, as text. */
    synchronized String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    synchronized int writes() {
        return writes;
    }

    synchronized int flushes() {
        return flushes;
    }

    /** How often it was asked whether it is ready. */
    synchronized int questions() {
        return questions;
    }

    /** Whom the container is to call, which the test plays; null until it is said. */
    synchronized @Nullable WriteListener listener() {
        return written;
    }

    /** What the response was asked to be, each as the call that asks it. */
    synchronized List<String> prepared() {
        return List.copyOf(prepared);
    }

    /** A response with this output. */
    HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                HttpServletResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getOutputStream")) {
                        return this;
                    }
                    prepare(method.getName() + Arrays.toString(arguments));
                    return null;
                });
    }

    private synchronized void prepare(String call) {
        prepared.add(call);
    }

    @Override
    public synchronized boolean isReady() {
        questions++;
        return room > 0;
    }

    @Override
    public synchronized void setWriteListener(@Nullable WriteListener listener) {
        written = listener;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] some, int from, int length) throws IOException {
        requireUnbroken();
        if (room == 0) {
            throw new IllegalStateException("it is not ready");
        }
        room--;
        writes++;
        bytes.write(some, from, length);
    }

    @Override
    public synchronized void flush() throws IOException {
        requireUnbroken();
        flushes++;
    }

    private void requireUnbroken() throws IOException {
        if (broken) {
            throw new IOException("as if");
        }
    }
}
