package dev.tidings.http.stream;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A response's output that a test is the other end of: it is ready, full or broken as the test says. */
final class RecordingOutput extends ServletOutputStream {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int writes;
    private int flushes;
    private int questions;
    private int room = Integer.MAX_VALUE;
    private boolean broken;

    /** Takes so many more writes, and is full then. */
    void room(int writesTaken) {
        room = writesTaken;
    }

    /** From now on whatever is written or flushed fails. */
    void breakDown() {
        broken = true;
    }

    /** All that was written, as text. */
    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    int writes() {
        return writes;
    }

    int flushes() {
        return flushes;
    }

    /** How often it was asked whether it is ready. */
    int questions() {
        return questions;
    }

    /** A response with this output. */
    HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                HttpServletResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> method.getName().equals("getOutputStream") ? this : null);
    }

    @Override
    public boolean isReady() {
        questions++;
        return room > 0;
    }

    @Override
    public void setWriteListener(@Nullable WriteListener listener) {
        // The test calls it.
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] some, int from, int length) throws IOException {
        requireUnbroken();
        if (room == 0) {
            throw new IllegalStateException("it is not ready");
        }
        room--;
        writes++;
        bytes.write(some, from, length);
    }

    @Override
    public void flush() throws IOException {
        requireUnbroken();
        flushes++;
    }

    private void requireUnbroken() throws IOException {
        if (broken) {
            throw new IOException("as if");
        }
    }
}
