package dev.tidings.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.Exchange;

/** Requests without a body that go out as they are written, and the answers to them. */
public final class Requests {

    private Requests() {}

    /** The answer to GET of a target below the context path, with these header lines. */
    public static Answer get(Container hub, String target, String... headers) {
        return send("GET", hub, target, headers);
    }

    /** The answer to a request; without its body after HEAD, and where a stream was opened: that would not end. */
    public static Answer send(String method, Container hub, String target, String... headers) {
        var request = new StringBuilder(method + " " + hub.uri().getPath() + target + " HTTP/1.1\r\n" + "Host: "
                + hub.uri().getAuthority() + "\r\nConnection: close\r\nContent-Length: 0\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return Exchange.of(hub, request.append("\r\n").toString(), "");
    }

    /** Sees that this answer is a refusal as RFC 9457 has it, whose detail names the causes. */
    public static Answer assertProblem(Answer answer, int status, String... causes) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).as(answer.toString()).isEqualTo("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("type").asText()).isEqualTo("about:blank");
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        String detail = problem.path("detail").asText();
        assertThat(detail).isNotEmpty();
        assertThat(causes).allSatisfy(cause -> assertThat(detail).contains(cause));
        return answer;
    }

    /** Sees that this answer is a page, which tells a person who came with a browser. */
    public static Answer assertPage(Answer answer, int status, String... contents) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
        assertThat(answer.body()).startsWithIgnoringCase("<!doctype html>").contains(contents);
        return answer;
    }
}
