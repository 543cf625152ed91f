package dev.tidings.auth;

import com.auth0.jwt.interfaces.Claim;
import com.auth0.jwt.interfaces.DecodedJWT;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token as java-jwt needs it to verify a signature: the parts that were signed, and the name of the key.
 *
 * <p>Its claims are read by {@link SignedToken} alone, so the other methods throw. java-jwt's own reader knows fewer
 * forms of a time than issuers write, takes the last of a claim that stands there twice, and repairs malformed UTF-8.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
record SignedParts(SignedToken token) implements DecodedJWT {

    @Override
    public String getHeader() {
        return token.protectedHeader();
    }

    @Override
    public String getPayload() {
        return token.payload();
    }

    @Override
    public String getSignature() {
        return token.signature();
    }

    @Override
    public @Nullable String getAlgorithm() {
        return token.algorithm();
    }

    @Override
    public @Nullable String getKeyId() {
        return token.keyId();
    }

    @Override
    public String getToken() {
        throw notHere();
    }

    @Override
    public String getType() {
        throw notHere();
    }

    @Override
    public String getContentType() {
        throw notHere();
    }

    @Override
    public Claim getHeaderClaim(String name) {
        throw notHere();
    }

    @Override
    public String getIssuer() {
        throw notHere();
    }

    @Override
    public String getSubject() {
        throw notHere();
    }

    @Override
    public List<String> getAudience() {
        throw notHere();
    }

    @Override
    public Date getExpiresAt() {
        throw notHere();
    }

    @Override
    public Date getNotBefore() {
        throw notHere();
    }

    @Override
    public Date getIssuedAt() {
        throw notHere();
    }

    @Override
    public String getId() {
        throw notHere();
    }

    @Override
    public Claim getClaim(String name) {
        throw notHere();
    }

    @Override
    public Map<String, Claim> getClaims() {
        throw notHere();
    }

    private static UnsupportedOperationException notHere() {
        return new UnsupportedOperationException("SignedToken reads the rest");
    }
}
