package dev.tidings.testing;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One client in a {@link Crowd}: opens its stream, reads it, and comes back after the last id it read when told to.
 *
 * <p><b>Threads.</b> The crowd's, but for {@link #isOpen}.
 */
public final class CrowdStream {

    /** What hears of a stream's events. */
    public interface Reader {

        /** The next event; its type is empty when it has none. Called by the crowd's thread. */
        void event(CrowdStream stream, String type, String data);
    }

    private final StreamRequest request;
    private final int receiveBuffer;
    private final Reader reader;

    private LeanParser parser;
    private String lastEventId = "";
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private @Nullable ByteBuffer unsent;
    private boolean stalled;

    /**
     * A client that will ask for this.
     *
     * @param receiveBuffer about how many bytes the server can send ahead of the reader; 0 for what the system gives
     */
    public CrowdStream(StreamRequest request, int receiveBuffer, Reader reader) {
        this.request = request;
        this.receiveBuffer = receiveBuffer;
        this.reader = reader;
        this.parser = new LeanParser(this::read);
    }

    /** Whether the head of the response has come. */
    public boolean isOpen() {
        return parser.begun();
    }

    void connect(InetSocketAddress server, Selector selector) throws IOException {
        parser = new LeanParser(this::read);
        StreamRequest asked = lastEventId.isEmpty() ? request : request.after(lastEventId);
        unsent = ByteBuffer.wrap(asked.bytes());
        SocketChannel opened = SocketChannel.open();
        channel = opened;
        opened.configureBlocking(false);
        if (receiveBuffer > 0) {
            opened.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
        }
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        opened.connect(server);
        key = opened.register(selector, SelectionKey.OP_CONNECT, this);
    }

    void stall() {
        stalled = true;
        interest();
    }

    void goOn() {
        stalled = false;
        interest();
    }

    /** Does what its socket is ready for. */
    void serve(ByteBuffer buffer) throws IOException {
        SocketChannel open = channel;
        ByteBuffer request = unsent;
        if (open == null || !open.finishConnect()) {
            return;
        }
        if (request != null) {
            open.write(request);
            unsent = request.hasRemaining() ? request : null;
            interest();
            return;
        }
        buffer.clear();
        int count = open.read(buffer);
        if (count < 0) {
            throw new EOFException("the hub ended the stream");
        }
        parser.feed(buffer.flip());
    }

    /** Vanishes as a crash would. */
    void reset() {
        SocketChannel open = channel;
        channel = null;
        if (open != null) {
            try (open) {
                open.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException gone) {
                // Then that is that.
            }
        }
    }

    private void interest() {
        SelectionKey registered = key;
        if (registered != null && registered.isValid()) {
            boolean reads = unsent == null && !stalled;
            registered.interestOps(unsent != null ? SelectionKey.OP_WRITE : reads ? SelectionKey.OP_READ : 0);
        }
    }

    private void read(String type, @Nullable String id, @Nullable String data) {
        if (channel == null) {
            // Its reader has cut it in the middle of what had come.
            return;
        }
        if (id != null) {
            lastEventId = id;
        }
        if (data != null) {
            reader.event(this, type, data);
        }
    }

    @Override
    public String toString() {
        return "a stream that has come to " + lastEventId;
    }
}
