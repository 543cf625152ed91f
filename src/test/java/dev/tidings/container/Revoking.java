package dev.tidings.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.Tokens;

/** What operators revoke, and tickets that stand for tokens. */
public final class Revoking {

    private static final String OPERATOR = "Authorization: " + Tokens.operator().bearer();

    private Revoking() {}

    /** The answer to an operator's request, below {@code /hub/revocations}. */
    public static Answer ask(Container hub, String method, String target) {
        return Site.send(hub, method, "/hub/revocations" + target, OPERATOR);
    }

    /** The answer to an operator that posts this form. */
    public static Answer post(Container hub, String form) {
        return Site.post(hub, "/hub/revocations", form, OPERATOR);
    }

    /** Revokes what this form says, and returns the revocation. */
    public static JsonNode revoke(Container hub, String form) {
        Answer answer = post(hub, form);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    /** A ticket for this token and what this form says, which may be empty. */
    public static String ticket(Container hub, Tokens token, String form, String... headers) {
        Answer answer = Site.post(hub, "/tickets", form, "Authorization: " + token.bearer(), String.join("|", headers));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().path("ticket").textValue();
    }
}
