package dev.tidings.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Answer;

/** What is asserted of every refusal. */
public final class Refusals {

    private Refusals() {}

    /**
     * Holds that this is a problem of this status, and returns what it says to a person.
     *
     * @param field the field at fault; empty where it is none in particular
     */
    public static String assertRefused(Answer answer, int status, String field) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("status").intValue()).isEqualTo(status);
        assertThat(answer.json().path("field").asText("")).isEqualTo(field);
        return answer.json().path("detail").textValue();
    }
}
