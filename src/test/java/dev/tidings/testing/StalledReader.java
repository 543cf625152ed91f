package dev.tidings.testing;

/**
 * A client that has opened a stream and does not read it.
 *
 * <p>This is the reader that must delay nobody: what it is sent stays in the kernel's buffers until they are full,
 * then in the server's. How much that is differs by kernel, so publish until the server shows that it noticed
 * rather than a number of bytes.
 */
public final class StalledReader implements AutoCloseable {

    private final RawClient client;
    private final ResponseHead head;

    StalledReader(RawClient client, ResponseHead head) {
        this.client = client;
        this.head = head;
    }

    /** The status and headers of the response, the last thing it read. */
    public ResponseHead head() {
        return head;
    }

    /** Starts to read after all, from where it stopped. To be called once; close the recorder then. */
    public StreamRecorder resume() {
        return new StreamRecorder(client, head);
    }

    /** Vanishes with a reset, as a crash would. */
    public void cut() {
        client.reset();
    }

    @Override
    public void close() {
        client.close();
    }
}
