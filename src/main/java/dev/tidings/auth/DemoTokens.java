package dev.tidings.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import java.util.List;
import java.util.Map;

/**
 * The ready-made tokens of demo mode: two users with what any user has, and an operator.
 *
 * <p>They are signed with the key that demo mode makes for the life of the process, so they are worth
 * nothing to any other hub, or to this one after a restart.
 *
 * @param alice a user's token
 * @param bob another user's
 * @param operator one that may publish to every topic, see every event, and manage the clients
 */
public record DemoTokens(String alice, String bob, String operator) {

    /** The tokens signed with this HMAC secret, for a hub that accepts HS256. */
    public static DemoTokens signedWith(String secret) {
        Algorithm algorithm = Algorithm.HMAC256(secret);
        Map<String, Object> everything = Map.of(
                "publish", List.of("*", "/clients/{id}", "/hub{+any}"),
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
