package dev.tidings.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One public key of a JWK set (RFC 7517; RFC 7518, section 6).
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param id its {@code kid}, or null when it has none
 */
record Jwk(@Nullable String id, PublicKey key) {

    private static final Map<String, String> CURVES =
            Map.of("P-256", "secp256r1", "P-384", "secp384r1", "P-521", "secp521r1");

    /**
     * Reads a key from its JSON object.
     *
     * @throws IllegalArgumentException with the reason, when signatures of this algorithm cannot be verified with it
     */
    static Jwk of(JsonNode json, SigningAlgorithm algorithm) {
        requirePurpose(json, algorithm);
        PublicKey key = key(json);
        algorithm.requireSuitable(key);
        return new Jwk(json.hasNonNull("kid") ? text(json, "kid") : null, key);
    }

    private static void requirePurpose(JsonNode json, SigningAlgorithm algorithm) {
        if (json.hasNonNull("d")) {
            throw new IllegalArgumentException("it is a private key; replace it, and publish only the public key");
        }
        if (json.hasNonNull("use") && !text(json, "use").equals("sig")) {
            throw new IllegalArgumentException("its use is not sig");
        }
        if (json.hasNonNull("alg") && !text(json, "alg").equals(algorithm.name())) {
            throw new IllegalArgumentException("its alg is not " + algorithm);
        }
        if (json.hasNonNull("key_ops") && !verifies(json.get("key_ops"))) {
            throw new IllegalArgumentException("its key_ops do not include verify");
        }
    }

    private static boolean verifies(JsonNode operations) {
        for (JsonNode operation : operations) {
            if (operation.asText().equals("verify")) {
                return true;
            }
        }
        return false;
    }

    private static PublicKey key(JsonNode json) {
        try {
            return switch (text(json, "kty")) {
                case "RSA" ->
                    KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(number(json, "n"), number(json, "e")));
                case "EC" -> KeyFactory.getInstance("EC").generatePublic(pointOnCurve(json));
                default -> throw new IllegalArgumentException("its kty is neither RSA nor EC");
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("this Java cannot read it", e);
        }
    }

    private static ECPublicKeySpec pointOnCurve(JsonNode json) {
        String curve = CURVES.get(text(json, "crv"));
        if (curve == null) {
            throw new IllegalArgumentException("its crv is none of " + CURVES.keySet());
        }
        ECParameterSpec parameters = SigningAlgorithm.parametersOf(curve);
        var point = new ECPoint(number(json, "x"), number(json, "y"));
        if (!isOn(parameters.getCurve(), point)) {
            throw new IllegalArgumentException("its point is not on its curve");
        }
        return new ECPublicKeySpec(point, parameters);
    }

    /** Whether y² = x³ + ax + b in the field of the curve. Java does not check that. */
    private static boolean isOn(EllipticCurve curve, ECPoint point) {
        BigInteger prime = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
        return x.compareTo(prime) < 0
                && y.compareTo(prime) < 0
                && y.pow(2).subtract(right).mod(prime).signum() == 0;
    }

    private static BigInteger number(JsonNode json, String member) {
        String digits = text(json, member);
        try {
            return new BigInteger(1, Base64.getUrlDecoder().decode(digits));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its " + member + " is not Base64url", e);
        }
    }

    private static String text(JsonNode json, String member) {
        JsonNode value = json.path(member);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("its " + member + " is not a string");
        }
        return value.textValue();
    }
}
