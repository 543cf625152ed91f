package dev.tidings.container.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Raw;
import dev.tidings.container.RawSocket;
import dev.tidings.container.Watch;
import dev.tidings.testing.Container;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a mean client may offer in the handshake, and after it. */
@OfTheDoors
@EveryContainer
class WebSocketHandshakeIT {

    private static final String UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    private final Tokens token = Tokens.user(Fresh.user());

    /** A frame that is small as it comes may be of any size when it is inflated, and each connection holds a window. */
    @Test
    void compressionAndSubprotocolsAreNotAgreedOn(Container hub) {
        try (RawClient client = hub.connect()) {
            String offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
                    + "Sec-WebSocket-Protocol: mqtt\r\n";
            ResponseHead head = client.send(Raw.head(hub, "GET", "/ws", UPGRADE + offer + Raw.authorized(token)))
                    .head();
            assertThat(head.status()).isEqualTo(101);
            assertThat(head.header("Sec-WebSocket-Extensions")).isEmpty();
            assertThat(head.header("Sec-WebSocket-Protocol")).isEmpty();
        }
    }

    /** Those of a client are masked (RFC 6455, section 5.1), so that no cache in between takes them for a response. */
    @Test
    void frameWithoutAMaskClosesTheConnectionAndPublishesNothing(Container hub) {
        byte[] publish = "{\"type\":\"publish\",\"data\":\"x\"}".getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[2 + publish.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) publish.length;
        System.arraycopy(publish, 0, frame, 2, publish.length);
        try (Watch watch = Watch.over(hub);
                RawClient client = RawSocket.open(hub, "/ws", token, hub.connect())) {
            client.send(frame);
            assertThat(everythingUntilItsEnd(client)).doesNotContain("published");
            watch.assertNothing();
        }
    }

    /** A container may also reset the connection, and then nothing more can be read. */
    private static String everythingUntilItsEnd(RawClient client) {
        var read = new ByteArrayOutputStream();
        try {
            client.stream().transferTo(read);
        } catch (IOException reset) {
            assertThat(reset).isNotInstanceOf(SocketTimeoutException.class);
        }
        return read.toString(StandardCharsets.UTF_8);
    }
}
