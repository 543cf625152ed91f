package dev.tidings.testing;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/** Writes JWK sets, well formed or not. */
public final class JwksText {

    private JwksText() {}

    /** A set of these keys, each a JSON object. */
    public static String set(String... keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    /** A key for signatures with that {@code kid}. */
    public static String key(String kid, PublicKey key) {
        return with(bare(key), "\"kid\":\"" + kid + "\",\"use\":\"sig\"");
    }

    /** A key of which nothing but its numbers is said. */
    public static String bare(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return "{\"kty\":\"RSA\",\"n\":\"" + base64(rsa.getModulus()) + "\",\"e\":\""
                    + base64(rsa.getPublicExponent()) + "\"}";
        }
        ECPublicKey ec = (ECPublicKey) key;
        return "{\"kty\":\"EC\",\"crv\":\"" + curve(ec) + "\",\"x\":\""
                + base64(ec.getW().getAffineX()) + "\",\"y\":\""
                + base64(ec.getW().getAffineY()) + "\"}";
    }

    /** The same key with more members. */
    public static String with(String key, String members) {
        return key.substring(0, key.length() - 1) + "," + members + "}";
    }

    private static String curve(ECPublicKey key) {
        return "P-" + key.getParams().getCurve().getField().getFieldSize();
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        // Java puts a zero before a number whose first bit is set
        byte[] unsigned = bytes.length > 1 && bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned);
    }
}
