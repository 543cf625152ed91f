package dev.tidings.container.web;

import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.OpenApi.Operation;
import dev.tidings.testing.Tokens;
import org.junit.jupiter.api.Test;

/** A hub without a key answers 503 as openapi.yaml says, wherever that takes a token. */
class DescribedUnavailableIT {

    private static final String OPERATOR = "Authorization: " + Tokens.operator().bearer();

    private final Container container = ContainerSpec.of(ContainerKind.TOMCAT_11)
            .under("/tidings")
            .without("tidings.jwt.key")
            .shared();

    @Test
    void withoutAKeyWhatTakesATokenIsUnavailable() {
        var hub = new DescribedHub(container);
        for (Operation operation : hub.description().operations()) {
            if (hub.description().needsToken(operation)) {
                hub.ask(503, operation.toString(), operation.path().replaceAll("\\{\\w+}", "x"), OPERATOR);
            }
        }
        String form = "Content-Type: application/x-www-form-urlencoded";
        hub.send(503, "POST /login", "/login", "token=x", form, hub.ownPage());
        hub.ask(503, "GET /health/ready", "/health/ready");
        hub.ask(200, "GET /openapi.yaml", "/openapi.yaml");
    }
}
