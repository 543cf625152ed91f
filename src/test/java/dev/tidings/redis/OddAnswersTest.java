package dev.tidings.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server, or a network, that answers as none should. */
class OddAnswersTest {

    private static final Duration LONG = Duration.ofSeconds(10);

    private ServerSocket listener;
    private RedisConnection connection;
    private Socket server;

    @BeforeEach
    void open() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        connection = new RedisConnection(
                RedisSocket.open("redis", new Endpoint("127.0.0.1", listener.getLocalPort()), null, Deadline.in(LONG)));
        connection.readTimeout(LONG);
        server = listener.accept();
    }

    @AfterEach
    void close() throws IOException {
        connection.close();
        server.close();
        listener.close();
    }

    @Test
    void answerThatDribblesIsNotWaitedForForEver() {
        connection.readTimeout(Duration.ofMillis(200));
        var dribble = new Thread(this::dribble);
        dribble.start();
        assertThatThrownBy(() -> connection.call("PING"))
                .isInstanceOf(RedisUnavailableException.class)
                .hasMessageContaining("did not answer PING in time");
        assertThat(connection.isOpen()).isFalse();
    }

    /** A byte of an endless answer each 10 ms, until nobody listens. */
    private void dribble() {
        try {
            say("$1000000\r\n");
            while (true) {
                say("x");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        } catch (IOException closed) {
            // The client has had enough.
        }
    }

    private void say(String text) throws IOException {
        server.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
