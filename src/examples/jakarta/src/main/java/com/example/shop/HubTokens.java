package com.example.shop;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Makes the tokens that the hub verifies, with the key that both share. */
final class HubTokens {

    private final Algorithm algorithm;
    private final Duration age;

    HubTokens(String key, Duration age) {
        this.algorithm = Algorithm.HMAC256(key);
        this.age = age;
    }

    /** A token with which this user reads what is sent to them. */
    String of(String user) {
        return JWT.create()
                .withSubject(user)
                .withExpiresAt(Instant.now().plus(age))
                .sign(algorithm);
    }

    /** A token with which the shop publishes to every user. */
    String ofShop() {
        return JWT.create()
                .withSubject("shop")
                .withExpiresAt(Instant.now().plus(age))
                .withClaim("mercure", Map.of("publish", List.of("/users/{id}")))
                .sign(algorithm);
    }
}
