package dev.tidings.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * A socket whose time limit holds for reading and writing alike, and which bounds a whole call.
 *
 * <p>The JDK's sockets bound how long a read waits, and not a write. A large command to a server that hangs would wait until
 * TCP gives up, a quarter of an hour later. Here each wait for the other side is bounded, and ends when the socket is closed
 * or the thread is interrupted.
 *
 * <p><b>Threads.</b> One reads and writes at a time. Any may close it.
 */
final class TimedSocket extends Socket {

    /** The JDK keeps a copy of this size for each thread that writes. */
    private static final int LARGEST_WRITE = 64 * 1024;

    /** A call may take this many times as long as a wait. Else it would never end while a server says a byte now and then. */
    private static final int CALL_WAITS = 4;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private volatile int timeoutMillis;

    /** When the call ends, as {@link System#nanoTime}. */
    private volatile long callEnd;

    private TimedSocket(SocketChannel channel, Selector selector, int timeoutMillis) throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.timeoutMillis = timeoutMillis;
        beginCall();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        key = channel.register(selector, 0);
    }

    /**
     * Connects.
     *
     * @param timeoutMillis how long it may take, and how long each read and write may wait from then on
     * @throws SocketTimeoutException if it takes longer
     */
    static TimedSocket connect(InetSocketAddress address, int timeoutMillis) throws IOException {
        SocketChannel channel = SocketChannel.open();
        Selector selector = null;
        try {
            selector = Selector.open();
            var socket = new TimedSocket(channel, selector, timeoutMillis);
            channel.connect(address);
            while (!channel.finishConnect()) {
                socket.await(SelectionKey.OP_CONNECT);
            }
            return socket;
        } catch (IOException | RuntimeException | Error failure) {
            channel.close();
            if (selector != null) {
                selector.close();
            }
            throw failure;
        }
    }

    /** What is written and read from now on belongs to one call, which takes at most a few times the limit of a wait. */
    void beginCall() {
        callEnd = System.nanoTime() + CALL_WAITS * TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }

    /** Waits until the channel is ready for this operation, for the time limit at most. */
    private void await(int operation) throws IOException {
        long begin = System.nanoTime();
        long most = Math.min(TimeUnit.MILLISECONDS.toNanos(timeoutMillis), callEnd - begin);
        if (most <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        try {
            key.interestOps(operation);
            for (long left = TimeUnit.NANOSECONDS.toMillis(most); selector.select(Math.max(1, left)) == 0; ) {
                left = TimeUnit.NANOSECONDS.toMillis(most - (System.nanoTime() - begin));
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("interrupted");
                } else if (!channel.isOpen()) {
                    throw new ClosedChannelException();
                } else if (left <= 0) {
                    throw new SocketTimeoutException("no answer in time");
                }
            }
            selector.selectedKeys().clear();
        } catch (CancelledKeyException | ClosedSelectorException closed) {
            throw new IOException("closed", closed);
        }
    }

    private final class In extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            int count = channel.read(buffer);
            while (count == 0 && length > 0) {
                await(SelectionKey.OP_READ);
                count = channel.read(buffer);
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            TimedSocket.this.close();
        }
    }

    private final class Out extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            int end = offset + length;
            buffer.position(offset);
            while (buffer.position() < end) {
                buffer.limit(Math.min(end, buffer.position() + LARGEST_WRITE));
                if (channel.write(buffer) == 0) {
                    await(SelectionKey.OP_WRITE);
                }
            }
        }

        @Override
        public void close() throws IOException {
            TimedSocket.this.close();
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        requireOpen();
        return new In();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        requireOpen();
        return new Out();
    }

    private void requireOpen() throws ClosedChannelException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
    }

    /** Sets the time limit, in milliseconds and at least one, of reads and writes. */
    @Override
    public synchronized void setSoTimeout(int millis) {
        timeoutMillis = millis;
    }

    @Override
    public synchronized int getSoTimeout() {
        return timeoutMillis;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public InetAddress getInetAddress() {
        return channel.socket().getInetAddress();
    }

    @Override
    public int getPort() {
        return channel.socket().getPort();
    }

    /** Closes it, and wakes the thread that waits for the other side. */
    @Override
    public synchronized void close() throws IOException {
        channel.close();
        selector.close();
    }
}
