package dev.tidings.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;

class CuttableProxyTest {

    @Test
    void serverMayGoAndComeAgain() throws IOException {
        int port = LoopbackPort.free();
        try (CuttableProxy proxy = CuttableProxy.to(URI.create("redis://127.0.0.1:" + port))) {
            try (Socket client = client(proxy)) {
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
            try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                    Socket client = client(proxy);
                    Socket peer = server.accept()) {
                client.getOutputStream().write('a');
                assertThat(peer.getInputStream().read()).isEqualTo('a');
            }
        }
    }

    @Test
    void whatIsSwallowedOnOneWayPassesOnTheOtherAndArrivesLater() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                CuttableProxy proxy = CuttableProxy.to(URI.create("redis://127.0.0.1:" + server.getLocalPort()));
                Socket client = client(proxy);
                Socket peer = server.accept()) {
            proxy.swallowToServer();
            client.getOutputStream().write('a');
            peer.getOutputStream().write('b');
            assertThat(client.getInputStream().read()).isEqualTo('b');
            InputStream heard = peer.getInputStream();
            assertThat(heard.available()).isZero();
            proxy.up();
            assertThat(heard.read()).isEqualTo('a');
        }
    }

    private static Socket client(CuttableProxy proxy) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }
}
