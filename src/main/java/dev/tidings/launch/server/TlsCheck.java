package dev.tidings.launch.server;

import dev.tidings.config.ServerSettings;

/**
 * Sees that a certificate and its key can be used, without a server.
 *
 * <p><b>Threads.</b> Any.
 */
public final class TlsCheck {

    private TlsCheck() {}

    /**
     * Checks them, if there are any.
     *
     * @throws IllegalArgumentException with a sentence for the operator, when they cannot be used
     */
    public static void check(ServerSettings settings) {
        if (settings.tls() != null) {
            CertificateFiles.read(settings.tls());
        }
    }
}
