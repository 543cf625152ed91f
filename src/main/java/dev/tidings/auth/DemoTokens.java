package dev.tidings.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import java.util.List;
import java.util.Map;

/**
 * The ready-made tokens of demo mode: two users with the default grant, and an operator.
 *
 * <p>They are signed with the key that demo mode makes for the life of the process. So they are good on no other hub,
 * nor on this one after a restart.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param alice the token of a user
 * @param bob the token of another user
 * @param operator a token that may publish to every topic, read every event, and manage the clients
 */
public record DemoTokens(String alice, String bob, String operator) {

    /** Signs the tokens with this HMAC secret, for a hub that accepts HS256. */
    public static DemoTokens signedWith(String secret) {
        Algorithm algorithm = Algorithm.HMAC256(secret);
        Map<String, Object> everything = Map.of(
                "publish", List.of("*", "/clients", "/clients/{id}", "/hub{+any}"),
                "subscribe", List.of("*", "/clients", "/clients/{id}", "/hub{+any}", "/.well-known/mercure{+any}"));
        return new DemoTokens(
                JWT.create().withSubject("alice").sign(algorithm),
                JWT.create().withSubject("bob").sign(algorithm),
                JWT.create()
                        .withSubject("operator")
                        .withClaim("mercure", everything)
                        .sign(algorithm));
    }
}
