package dev.tidings.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * One client in a {@link Crowd}: opens its stream, reads it, and comes back after the last id it read when told to.
 *
 * <p><b>Threads.</b> The crowd's, but for {@link #isOpen}.
 */
public final class CrowdStream extends CrowdConnection {

    /** What hears of a stream's events. */
    public interface Reader {

        /** The next event, which is gone when this returns. Called by the crowd's thread. */
        void event(CrowdStream stream, Arrival event);

        /** Whether a stream is open only when its first event has come, and not yet with the head of the response. */
        default boolean isOpenWithFirstEvent() {
            return false;
        }

        /**
         * Its stream was refused or has ended, and not by its own doing. Called by the crowd's thread, which may have it opened
         * again.
         *
         * @return whether that is no fault
         */
        default boolean ended(CrowdStream stream, Throwable reason) {
            return false;
        }
    }

    private final Supplier<StreamRequest> requests;
    private final Reader reader;
    private final Bytes lastEventId = new Bytes();

    private StreamRequest request;
    private volatile LeanParser parser;
    private volatile boolean greeted;

    /**
     * A client that will ask for this.
     *
     * @param receiveBuffer about how many bytes the server can send ahead of the reader; 0 for what the system gives
     */
    public CrowdStream(StreamRequest request, int receiveBuffer, Reader reader) {
        this(() -> request, receiveBuffer, reader);
    }

    /**
     * A client that asks for the next of these whenever it is opened, of the crowd's server or of another one.
     *
     * @param receiveBuffer as above
     */
    public CrowdStream(Supplier<StreamRequest> requests, int receiveBuffer, Reader reader) {
        super(receiveBuffer);
        this.requests = requests;
        this.request = requests.get();
        this.reader = reader;
        this.parser = new LeanParser(this::read);
    }

    /**
     * Whether the head of the response has come, and the first event where its reader says so, and its connection has not ended since.
     */
    @Override
    public boolean isOpen() {
        return isConnected() && parser.begun() && greeted;
    }

    /** Where its last request went, or will go. */
    public URI goal() {
        return request.server();
    }

    @Override
    boolean expects(Throwable failure) {
        return reader.ended(this, failure);
    }

    @Override
    CrowdServer server(CrowdServer usual) {
        return usual.at(request.server());
    }

    @Override
    byte[] opening() {
        request = requests.get();
        parser = new LeanParser(this::read);
        greeted = !reader.isOpenWithFirstEvent();
        return (lastEventId.length() == 0 ? request : request.after(lastEventId.text())).bytes();
    }

    @Override
    void received(ByteBuffer bytes) throws IOException {
        parser.feed(bytes);
    }

    private void read(Arrival block) {
        if (!isConnected()) {
            // Its reader has cut it in the middle of what had come.
            return;
        }
        Bytes id = block.id();
        if (id != null) {
            lastEventId.clear();
            lastEventId.add(id.array(), 0, id.length());
        }
        if (block.hasData()) {
            reader.event(this, block);
            if (!greeted) {
                greeted = true;
            }
        }
    }

    @Override
    public String toString() {
        return "a stream that has come to " + lastEventId.text();
    }
}
