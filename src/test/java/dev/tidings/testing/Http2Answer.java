package dev.tidings.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;

/**
 * An answer over HTTP/2 that is read as it comes. A server that has answered before it has read the whole request may
 * reset the stream then (RFC 9113, section 8.1), and what this client has not read by then is lost.
 *
 * <p><b>Threads.</b> Any may wait; the client's tell it what has come.
 */
final class Http2Answer implements Stream.Listener {

    private final CompletableFuture<ResponseHead> head = new CompletableFuture<>();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final ByteArrayOutputStream come = new ByteArrayOutputStream();

    /** The status and headers; waits for them. */
    ResponseHead head() {
        return Eventually.value(head);
    }

    /** The whole body; waits for its end. */
    byte[] body() {
        return Eventually.value(body);
    }

    /** The answer with its whole body; waits for its end. */
    Answer whole() {
        ResponseHead first = head();
        return new Answer(first.status(), first.headers(), new String(body(), StandardCharsets.UTF_8));
    }

    @Override
    public void onHeaders(Stream answered, HeadersFrame frame) {
        if (frame.getMetaData() instanceof MetaData.Response response) {
            head.complete(Http2Stream.head(response));
        }
        if (frame.isEndStream()) {
            body.complete(come.toByteArray());
        } else {
            answered.demand();
        }
    }

    @Override
    public void onDataAvailable(Stream readable) {
        for (Stream.Data data = readable.readData(); data != null; data = readable.readData()) {
            ByteBuffer content = data.frame().getByteBuffer();
            byte[] bytes = new byte[content.remaining()];
            content.get(bytes);
            come.writeBytes(bytes);
            boolean last = data.frame().isEndStream();
            data.release();
            if (last) {
                body.complete(come.toByteArray());
                return;
            }
        }
        readable.demand();
    }

    @Override
    public void onReset(Stream ended, ResetFrame frame, Callback callback) {
        fail(new IOException("reset with " + ErrorCode.toString(frame.getError(), "an unknown error")));
        callback.succeeded();
    }

    @Override
    public void onFailure(Stream ended, int error, String reason, Throwable cause, Callback callback) {
        fail(new IOException(reason, cause));
        callback.succeeded();
    }

    private void fail(IOException what) {
        head.completeExceptionally(what);
        body.completeExceptionally(what);
    }
}
