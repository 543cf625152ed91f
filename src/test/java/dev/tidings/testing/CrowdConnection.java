package dev.tidings.testing;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import tlschannel.NeedsReadException;
import tlschannel.NeedsWriteException;

/**
 * A connection of a {@link Crowd}: sends what it is told to and reads what comes, without ever waiting.
 *
 * <p><b>Threads.</b> The crowd's, but for {@link #isOpen}.
 */
public abstract class CrowdConnection {

    private final int receiveBuffer;
    private volatile @Nullable SocketChannel socket;
    private @Nullable ByteChannel channel;
    private @Nullable SelectionKey key;
    private @Nullable ByteBuffer unsent;
    private boolean stalled;

    /** One that is not open yet; a receive buffer of 0 is what the system gives. */
    CrowdConnection(int receiveBuffer) {
        this.receiveBuffer = receiveBuffer;
    }

    /** Whether it has come as far as it has to before others are opened in its place. */
    public abstract boolean isOpen();

    /** The bytes to begin with, now that it connects; null when there is nothing to say yet. */
    abstract byte @Nullable [] opening();

    /** Takes what came. */
    abstract void received(ByteBuffer bytes) throws IOException;

    /** Has connected. */
    void connected() {}

    /** Takes that this has ended it. Whether that is no fault. */
    boolean expects(Throwable failure) {
        return false;
    }

    /** Where it goes, in a crowd that goes to this server unless told otherwise. */
    CrowdServer server(CrowdServer usual) throws IOException {
        return usual;
    }

    /** Takes that nothing more will come. */
    void ended() throws IOException {
        throw new EOFException("the server ended the connection");
    }

    final void connect(CrowdServer server, Selector selector) throws IOException {
        byte[] opening = opening();
        unsent = opening == null ? null : ByteBuffer.wrap(opening);
        SocketChannel opened = SocketChannel.open();
        socket = opened;
        CrowdServer goal = server(server);
        channel = goal.over(opened);
        opened.configureBlocking(false);
        if (receiveBuffer > 0) {
            opened.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
        }
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        opened.connect(goal.address());
        key = opened.register(selector, SelectionKey.OP_CONNECT, this);
    }

    /** Whether it has a socket. */
    final boolean isConnected() {
        return socket != null;
    }

    final void stall() {
        stalled = true;
        want(unsent == null ? SelectionKey.OP_READ : SelectionKey.OP_WRITE);
    }

    final void goOn() {
        stalled = false;
        want(unsent == null ? SelectionKey.OP_READ : SelectionKey.OP_WRITE);
    }

    /** Says something, as soon as the socket takes it; only when what was said before is gone. */
    final void say(byte[] bytes) throws IOException {
        unsent = ByteBuffer.wrap(bytes);
        try {
            want(write() ? SelectionKey.OP_READ : SelectionKey.OP_WRITE);
        } catch (NeedsReadException handshake) {
            want(SelectionKey.OP_READ);
        } catch (NeedsWriteException full) {
            want(SelectionKey.OP_WRITE);
        }
    }

    /** Does what its socket is ready for. */
    final void serve(ByteBuffer buffer) throws IOException {
        SocketChannel open = socket;
        if (open == null) {
            return;
        }
        if (!open.isConnected()) {
            if (!open.finishConnect()) {
                return;
            }
            connected();
        }
        try {
            boolean written = write();
            want(written ? SelectionKey.OP_READ : SelectionKey.OP_WRITE);
            if (written) {
                read(open, buffer);
            }
        } catch (NeedsReadException nothingMore) {
            want(SelectionKey.OP_READ);
        } catch (NeedsWriteException full) {
            want(SelectionKey.OP_WRITE);
        }
    }

    /** Vanishes as a crash would. */
    final void reset() {
        SocketChannel open = socket;
        socket = null;
        channel = null;
        if (open != null) {
            try (open) {
                open.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException gone) {
                // Then that is that.
            }
        }
    }

    /** Whether nothing is left to be written. */
    private boolean write() throws IOException {
        ByteChannel open = channel;
        ByteBuffer bytes = unsent;
        if (open != null && bytes != null) {
            open.write(bytes);
            unsent = bytes.hasRemaining() ? bytes : null;
        }
        return unsent == null;
    }

    /** Once from a socket; from TLS until it has nothing more, since it may have taken more from its socket. */
    private void read(SocketChannel from, ByteBuffer buffer) throws IOException {
        ByteChannel open = channel;
        do {
            if (open == null || stalled || from != socket) {
                return;
            }
            buffer.clear();
            int count = open.read(buffer);
            if (count < 0) {
                ended();
                return;
            }
            if (count > 0) {
                received(buffer.flip());
            }
        } while (open != from);
    }

    private void want(int operation) {
        SelectionKey registered = key;
        if (registered != null && registered.isValid()) {
            int wanted = stalled && unsent == null ? 0 : operation;
            if (registered.interestOps() != wanted) {
                registered.interestOps(wanted);
            }
        }
    }
}
