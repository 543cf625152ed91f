package dev.tidings.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * A client in a {@link Crowd} as a browser's {@code EventSource} is one: when its stream ends, however that happens, or nobody takes its
 * connection, it waits as long as the hub said last with {@code retry:}, and comes back with its last event id. An answer that is no
 * stream is a fault, since an {@code EventSource} gives up then.
 *
 * <p><b>Threads.</b> The crowd's.
 */
public final class CrowdEventSource extends CrowdConnection {

    /** What chooses the server of each connection. */
    public interface Balancer {

        /** Where the next connection goes. Fails if nobody takes it. */
        URI next() throws IOException;
    }

    /** How long a browser waits that was told nothing. */
    private static final long USUAL_RETRY = 3_000;

    private final StreamRequest request;
    private final Balancer balancer;
    private final CrowdReconnects reconnects;
    private final Consumer<Arrival> reader;
    private final Bytes lastEventId = new Bytes();

    private long retry = USUAL_RETRY;
    private LeanParser parser;

    /**
     * A client that will ask for this.
     *
     * @param reader takes each event, which is gone when it returns
     */
    public CrowdEventSource(
            StreamRequest request, Balancer balancer, CrowdReconnects reconnects, Consumer<Arrival> reader) {
        super(0);
        this.request = request;
        this.balancer = balancer;
        this.reconnects = reconnects;
        this.reader = reader;
        this.parser = new LeanParser(this::read);
    }

    /** Whether the head of the response has come. Any thread may ask. */
    @Override
    public boolean isOpen() {
        return parser.begun();
    }

    @Override
    CrowdServer server(CrowdServer usual) throws IOException {
        try {
            return CrowdServer.of(balancer.next(), SSLContext.getDefault());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    byte[] opening() {
        parser = new LeanParser(this::read);
        return (lastEventId.length() == 0 ? request : request.after(lastEventId.text())).bytes();
    }

    @Override
    void received(ByteBuffer bytes) throws IOException {
        parser.feed(bytes);
    }

    /** A stream without its last chunk was cut. */
    @Override
    void ended() throws IOException {
        throw new IOException("cut");
    }

    @Override
    boolean expects(Throwable end) {
        if (end instanceof StreamCorruptedException || !(end instanceof IOException)) {
            return false;
        }
        reconnects.later(this, retry, end instanceof EOFException);
        return true;
    }

    private void read(Arrival block) {
        Bytes id = block.id();
        if (id != null) {
            lastEventId.clear();
            lastEventId.add(id.array(), 0, id.length());
        }
        if (block.retry() >= 0) {
            retry = block.retry();
        }
        if (block.hasData()) {
            reader.accept(block);
        }
    }

    @Override
    public String toString() {
        return "an EventSource that has come to " + lastEventId.text();
    }
}
