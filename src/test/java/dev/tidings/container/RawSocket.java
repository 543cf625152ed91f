package dev.tidings.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Container;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.Tokens;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket over a connection that does nothing by itself: it reads when it is told to, and answers no ping. */
public final class RawSocket {

    private static final int CLOSE = 8;

    private RawSocket() {}

    /** Upgrades this connection. */
    public static RawClient open(Container hub, String target, Tokens token, RawClient client) {
        String handshake = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + Raw.authorized(token);
        assertThat(client.send(Raw.head(hub, "GET", target, handshake)).head().status())
                .isEqualTo(101);
        return client;
    }

    /** Reads up to the end of the next text message, in however many frames. */
    public static String nextText(RawClient client) {
        var text = new StringBuilder();
        while (true) {
            Frame frame = next(client);
            if (frame.code < CLOSE) {
                text.append(StandardCharsets.UTF_8.decode(frame.data));
                if (frame.last) {
                    return text.toString();
                }
            }
            assertThat(frame.code).as("not a close: %s", text).isNotEqualTo(CLOSE);
        }
    }

    /** Reads up to the close frame and returns its code. */
    public static int closeCode(RawClient client) {
        Frame frame = next(client);
        while (frame.code != CLOSE) {
            frame = next(client);
        }
        return frame.data.getShort(0);
    }

    private record Frame(int code, boolean last, ByteBuffer data) {}

    private static Frame next(RawClient client) {
        try {
            var in = new DataInputStream(client.stream());
            int first = in.readUnsignedByte();
            long length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            byte[] data = new byte[Math.toIntExact(length)];
            in.readFully(data);
            return new Frame(first & 0xf, (first & 0x80) != 0, ByteBuffer.wrap(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
