package dev.tidings.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Ports of this machine for servers that take no port 0, as nginx.
 *
 * <p><b>Threads.</b> Any.
 */
public final class LoopbackPort {

    private LoopbackPort() {}

    /** Returns a port that is free now. */
    public static int free() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Whether a server listens there. */
    public static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
