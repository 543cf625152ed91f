package dev.tidings.launch.server;

import dev.tidings.config.SettingException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is in a PEM file: certificates, or a private key in PKCS#8 (RFC 5958), as certbot and openssl write it.
 *
 * <p><b>Threads.</b> Any.
 */
final class PemFile {

    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(?:[^-]*)-----END \\1-----");

    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PKCS8 = "PRIVATE KEY";
    private static final List<String> OTHER_KEYS =
            List.of("RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY");

    private PemFile() {}

    /**
     * Returns the certificates in a file, the server's own first.
     *
     * @param setting the setting that names the file
     * @throws SettingException when it has none
     */
    static List<X509Certificate> certificates(String setting, byte[] file) {
        var certificates = new ArrayList<X509Certificate>();
        Matcher block = BLOCK.matcher(text(file));
        try {
            var factory = CertificateFactory.getInstance("X.509");
            while (block.find()) {
                if (block.group(1).equals(CERTIFICATE)) {
                    certificates.add((X509Certificate) factory.generateCertificate(
                            new ByteArrayInputStream(block.group().getBytes(StandardCharsets.US_ASCII))));
                }
            }
        } catch (CertificateException e) {
            throw SettingException.of(setting, "holds a certificate that cannot be read: " + e.getMessage());
        }
        if (certificates.isEmpty()) {
            throw SettingException.of(setting, "holds no certificate (-----BEGIN CERTIFICATE-----)");
        }
        return certificates;
    }

    /**
     * Returns the private key in a file.
     *
     * @param setting the setting that names the file
     * @param partner the key in the certificate, which it has to belong to
     * @throws SettingException when it has none, or another's
     */
    static PrivateKey privateKey(String setting, byte[] file, PublicKey partner) throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(text(file));
        while (block.find()) {
            if (block.group(1).equals(PKCS8)) {
                PrivateKey key = key(setting, block.group(), partner);
                requirePair(setting, key, partner);
                return key;
            }
            if (OTHER_KEYS.contains(block.group(1))) {
                throw SettingException.of(
                        setting,
                        "holds a key of an older or an encrypted form (" + block.group(1)
                                + "); rewrite it with: openssl" + " pkcs8 -topk8 -nodes -in OLD -out NEW");
            }
        }
        throw SettingException.of(setting, "holds no private key (-----BEGIN PRIVATE KEY-----)");
    }

    private static PrivateKey key(String setting, String block, PublicKey partner) throws GeneralSecurityException {
        String base64 = block.replaceAll("-----[^-]+-----|\\s", "");
        try {
            return KeyFactory.getInstance(partner.getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (InvalidKeySpecException | IllegalArgumentException e) {
            throw SettingException.of(
                    setting, "is no key of the certificate, which has one for " + partner.getAlgorithm());
        }
    }

    /** Otherwise every client would find out, and the operator from none. */
    private static void requirePair(String setting, PrivateKey key, PublicKey partner) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(
                switch (partner.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> partner.getAlgorithm();
                });
        byte[] text = setting.getBytes(StandardCharsets.UTF_8);
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(partner);
        signature.update(text);
        if (!signature.verify(signed)) {
            throw SettingException.of(setting, "is not the key of the certificate");
        }
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1);
    }
}
