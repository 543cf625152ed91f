package dev.tidings.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One request on an {@link Http2Connection}, and its answer.
 *
 * <p>What is not read from {@link #body} keeps its place in the windows of the stream and of the connection.
 *
 * <p><b>Threads.</b> One reads the body. Any may do the rest.
 */
public final class Http2Stream {

    private final CompletableFuture<ResponseHead> head = new CompletableFuture<>();
    private final Semaphore news = new Semaphore(0);
    private final Stream stream;
    private volatile @Nullable IOException failure;

    private Http2Stream(Session session, HeadersFrame request) {
        stream = Eventually.value(session.newStream(request, new Listener()));
    }

    static Http2Stream open(Session session, HeadersFrame request) {
        return new Http2Stream(session, request);
    }

    /** The status and headers; waits for them. */
    public ResponseHead head() {
        return Eventually.value(head);
    }

    /** The body. It ends where the server says that it ends, and throws if the stream was reset or the connection lost. */
    public InputStream body() {
        return new Body();
    }

    /** Reads the body from now on; leaving the recorder leaves the stream. To be called once. */
    public StreamRecorder record() {
        return new StreamRecorder(head(), body(), this::reset, this::reset);
    }

    /** Leaves as a browser does that closes a stream: the connection stays. */
    public void reset() {
        stream.reset(new ResetFrame(stream.getId(), ErrorCode.CANCEL_STREAM_ERROR.code), Callback.NOOP);
        fail(new IOException("we have left"));
    }

    /** The head as other versions of HTTP have it, too. */
    static ResponseHead head(MetaData.Response response) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (HttpField field : response.getHttpFields()) {
            headers.computeIfAbsent(field.getName(), name -> new ArrayList<>()).add(text(field.getValue()));
        }
        return new ResponseHead(response.getStatus(), headers);
    }

    /** The client has read a character for each byte. */
    private static String text(String octets) {
        return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private void fail(IOException what) {
        if (failure == null) {
            failure = what;
        }
        head.completeExceptionally(what);
        news.release();
    }

    private final class Listener implements Stream.Listener {

        @Override
        public void onHeaders(Stream answered, HeadersFrame frame) {
            if (frame.getMetaData() instanceof MetaData.Response response) {
                head.complete(head(response));
            }
            if (frame.isEndStream()) {
                news.release();
            }
        }

        @Override
        public void onDataAvailable(Stream readable) {
            news.release();
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

        @Override
        public void onClosed(Stream ended) {
            news.release();
        }
    }

    private final class Body extends InputStream {

        private Stream.@Nullable Data data;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (true) {
                Stream.Data current = data == null ? stream.readData() : data;
                data = current;
                if (current == null) {
                    await();
                    continue;
                }
                ByteBuffer content = current.frame().getByteBuffer();
                int count = Math.min(length, content.remaining());
                content.get(bytes, offset, count);
                boolean last = current.frame().isEndStream() && !content.hasRemaining();
                if (count > 0) {
                    if (!content.hasRemaining() && !last) {
                        current.release();
                        data = null;
                    }
                    return count;
                }
                if (last) {
                    return -1;
                }
                current.release();
                data = null;
            }
        }

        private void await() throws IOException {
            IOException failed = failure;
            if (failed != null) {
                throw failed;
            }
            stream.demand();
            news.acquireUninterruptibly();
            news.drainPermits();
        }
    }
}
