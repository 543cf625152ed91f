package dev.tidings.launch.server;

import java.security.KeyStore;

/**
 * A private key with its certificates.
 *
 * @param store holds them
 * @param password the password of the store and of the key
 * @param subject whom the certificate names, for the log
 */
record KeyMaterial(KeyStore store, String password, String subject) {

    /** Leaves out the password. */
    @Override
    public String toString() {
        return "KeyMaterial[" + subject + "]";
    }
}
