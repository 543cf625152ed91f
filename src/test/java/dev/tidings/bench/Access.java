package dev.tidings.bench;

import dev.tidings.testing.Tokens;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The tokens that a hub is spoken to with.
 *
 * <p><b>Threads.</b> Any.
 */
interface Access {

    /** What a publisher bears, always the same. */
    String publisher();

    /** What a stream bears; a new one each time where they can be made. */
    String stream();

    /** One token for all. */
    static Access with(String token) {
        return new Access() {
            @Override
            public String publisher() {
                return token;
            }

            @Override
            public String stream() {
                return token;
            }
        };
    }

    /** Tokens signed with HS256 and this secret, which let each stream have a user of its own. */
    static Access minting(String secret, String topics) {
        List<String> grant = List.of(topics + "/{channel}");
        String publisher = mint(secret, "bench", grant);
        var users = new AtomicInteger();
        return new Access() {
            @Override
            public String publisher() {
                return publisher;
            }

            @Override
            public String stream() {
                return mint(secret, "bench-" + users.incrementAndGet(), grant);
            }
        };
    }

    private static String mint(String secret, String user, List<String> grant) {
        return Tokens.grant(user, grant, grant)
                .signedWith(Tokens.hmac256(secret))
                .jwt();
    }
}
