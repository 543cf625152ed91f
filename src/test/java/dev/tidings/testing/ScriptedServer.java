package dev.tidings.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A server that says what a test tells it, to one client, and reads nothing.
 *
 * <p>Closing it cuts the connection. With it the fixtures that read streams are tested themselves, without a hub.
 */
final class ScriptedServer implements AutoCloseable {

    private final ServerSocket listener;
    private final Socket peer;

    private ScriptedServer(ServerSocket listener, Socket peer) {
        this.listener = listener;
        this.peer = peer;
    }

    /** What a client has opened, and the other end of it. */
    record Conversation(ScriptedServer server, StreamRecorder stream) implements AutoCloseable {
        @Override
        public void close() {
            stream.close();
            server.close();
        }
    }

    /** Answers one request for a stream with these headers and waits for the script. */
    static Conversation answering(String head) {
        try {
            ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            URI uri = URI.create("http://127.0.0.1:" + listener.getLocalPort());
            RawClient client = RawClient.connect(uri);
            Socket peer = listener.accept();
            peer.setSoLinger(true, 0);
            ScriptedServer server = new ScriptedServer(listener, peer);
            server.say(head);
            return new Conversation(server, new StreamRecorder(client, client.head()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void say(String text) {
        try {
            peer.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says {@code text} as one chunk. */
    void chunk(String text) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        say(Integer.toHexString(length) + "\r\n" + text + "\r\n");
    }

    void end() {
        say("0\r\n\r\n");
    }

    @Override
    public void close() {
        try (listener) {
            peer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
