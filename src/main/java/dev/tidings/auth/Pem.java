package dev.tidings.auth;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads public keys from the textual encodings of RFC 7468: {@code PUBLIC KEY}, and the key inside a
 * {@code CERTIFICATE}, whose dates and issuer are not checked.
 *
 * <p>The first of these blocks counts. In a chain of certificates that is the signer's own. A text with a private key
 * is refused, since the hub needs none.
 *
 * <p><b>Threads.</b> Any.
 */
final class Pem {

    static final String BEGIN = "-----BEGIN";

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private Pem() {}

    /**
     * Reads the public key of a text.
     *
     * @throws IllegalArgumentException with a sentence for the operator, when the text has none
     */
    static PublicKey publicKey(String text) {
        if (text.contains("PRIVATE KEY-----")) {
            throw new IllegalArgumentException("this PEM holds a private key, and the hub needs only the public one"
                    + " (openssl pkey -in private.pem -pubout)");
        }
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            String label = blocks.group(1);
            if (label.equals("PUBLIC KEY")) {
                return keyOf(decode(blocks.group(2)));
            }
            if (label.equals("CERTIFICATE")) {
                return keyOfCertificate(decode(blocks.group(2)));
            }
        }
        throw new IllegalArgumentException("this PEM holds no complete PUBLIC KEY or CERTIFICATE"
                + " (openssl rsa -RSAPublicKey_in -pubout turns an RSA PUBLIC KEY into one)");
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("this PEM is damaged: what it holds is not Base64", e);
        }
    }

    private static PublicKey keyOf(byte[] der) {
        for (String kind : List.of("RSA", "EC")) {
            try {
                return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                // The key is not of this kind. The next kind is tried.
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("this Java cannot read " + kind + " keys", e);
            }
        }
        throw new IllegalArgumentException("this PEM holds no RSA or EC public key that this Java can read");
    }

    private static PublicKey keyOfCertificate(byte[] der) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der))
                    .getPublicKey();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("this PEM holds a certificate that this Java cannot read", e);
        }
    }
}
