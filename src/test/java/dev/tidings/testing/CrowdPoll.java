package dev.tidings.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.ByteBuffer;

/**
 * One client in a {@link Crowd} that reads once, and waits for that.
 *
 * <p><b>Threads.</b> The crowd's, but for {@link #isOpen} and {@link #isAnswered}.
 */
public final class CrowdPoll extends CrowdConnection {

    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";

    private final byte[] request;
    private final StringBuilder received = new StringBuilder();
    private volatile boolean open;
    private volatile boolean answered;

    /** A client that will ask for this target of this hub. */
    public CrowdPoll(URI hub, String target, Tokens token) {
        super(0);
        request = ("GET " + hub.getPath() + target + " HTTP/1.1\r\nHost: " + hub.getAuthority()
                        + "\r\nAccept: application/json\r\nAuthorization: " + token.bearer() + "\r\n\r\n")
                .getBytes(UTF_8);
    }

    /** Whether it has connected. The head of the response comes with the answer. */
    @Override
    public boolean isOpen() {
        return open;
    }

    /** Whether its answer has come, whole. */
    public boolean isAnswered() {
        return answered;
    }

    @Override
    byte[] opening() {
        return request;
    }

    @Override
    void connected() {
        open = true;
    }

    @Override
    void received(ByteBuffer bytes) {
        received.append(ISO_8859_1.decode(bytes));
        answered = received.indexOf("HTTP/1.1 200") == 0 && received.lastIndexOf(LAST_CHUNK) >= 0;
    }
}
