package dev.tidings.launch.server;

import java.net.BindException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;

/**
 * Says why a server does not start.
 *
 * <p><b>Threads.</b> Any.
 */
final class StartFailure {

    private static final System.Logger LOG = System.getLogger(StartFailure.class.getName());

    private StartFailure() {}

    /** Returns a sentence for this failure of a server with such an address. */
    static StartException of(Throwable failure, String host, int port) {
        String place = "port " + port + " of " + host;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return new StartException(
                        "there is no address " + host + ": name one of this machine with --address", failure);
            }
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof SocketException && message.contains("Permission denied")) {
                return new StartException(
                        "this user may not listen on " + place
                                + ": choose one above 1023 with --port, or give the process CAP_NET_BIND_SERVICE",
                        failure);
            }
            if (cause instanceof BindException && message.contains("assign")) {
                return new StartException(
                        host + " is no address of this machine: name one with --address, or 0.0.0.0 for all", failure);
            }
            if (cause instanceof BindException) {
                return new StartException(
                        place + " is in use: stop what listens there, or choose another with --port", failure);
            }
            if (cause instanceof IllegalArgumentException && cause.getCause() == null) {
                return new StartException(message, failure);
            }
        }
        LOG.log(System.Logger.Level.ERROR, "the server does not start", failure);
        return new StartException(failure.toString(), failure);
    }
}
