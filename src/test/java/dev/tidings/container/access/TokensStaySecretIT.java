package dev.tidings.container.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Raw;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever becomes of a request that reaches the hub, its token stands in no answer and in no line of the log. */
@EveryContainer(kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY})
class TokensStaySecretIT {

    private final String token =
            Tokens.user("alice").claim("jti", System.nanoTime()).jwt();

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "GET => /?token=TOKEN => 200",
                "GET => /health?token=TOKEN => 200",
                "GET => /nothing?token=TOKEN => 404",
                "GET => /nothing/TOKEN => 404",
                "GET => /error?token=TOKEN => 404",
                "GET => /events?token=TOKENx => 401",
                "GET => /events?authorization=Bearer%20TOKENx => 401",
                "GET => /events?token=TOKEN&token=TOKEN => 400",
                "GET => /events?topic=%zz&token=TOKEN => 400",
                "GET => /events?token=TOKEN%zz => 400",
                "GET => /events?frame=TOKEN&token=TOKEN => 400",
                "POST => /events?token=TOKEN => 405",
                "GET => /msg?msg=x&token=TOKEN => 401",
                "DELETE => /msg?token=TOKEN => 405",
                "POST => /msg?token=TOKEN => 415",
                "POST => /msg?token=TOKENx => 401",
            })
    void inTheAddress(String method, String target, int status, Container container) {
        String address = target.replace("TOKEN", token);
        assertSecret(container, Raw.ask(container, method, address, "Content-Length: 0\r\n"), status);
        if (!target.startsWith("/?")) {
            String page = "Accept: text/html\r\nContent-Length: 0\r\n";
            assertThat(Raw.ask(container, method, address, page).body()).doesNotContain(token);
        }
        assertThat(container.logText()).doesNotContain(token);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "Bearer TOKENx => 401",
                "bearer TOKEN TOKEN => 401",
                "TOKEN => 401",
                "Basic TOKEN => 401",
            })
    void inTheHeader(String value, int status, Container container) {
        String header = "Authorization: " + value.replace("TOKEN", token) + "\r\n";
        assertSecret(container, Raw.ask(container, "GET", "/msg?msg=x", header), status);
    }

    /** That of a page which was logged in. */
    @Test
    void inTheCookie(Container container) {
        String cookie = "Cookie: mercureAuthorization=" + token + "\r\n";
        assertSecret(container, Raw.ask(container, "GET", "/clients", cookie), 403);
        try (StreamRecorder stream = container.stream("/events")
                .header("Cookie", "mercureAuthorization=" + token)
                .open()) {
            assertThat(stream.status()).isEqualTo(200);
        }
        assertThat(container.logText()).doesNotContain(token);
    }

    @Test
    void inABody(Container container) {
        String form = "msg=x&token=" + token;
        String head = Raw.head(
                container,
                "POST",
                "/msg",
                "Authorization: Bearer " + token + "\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "Content-Length: " + form.length() + "\r\n");
        assertSecret(container, Raw.send(container, head + form), 400);
    }

    @Test
    void inWhatSucceeds(Container container) {
        try (StreamRecorder stream = container.stream("/events?token=" + token).open()) {
            String head = Raw.head(
                    container, "POST", "/msg?token=" + token, "Content-Type: text/plain\r\nContent-Length: 1\r\n");
            assertSecret(container, Raw.send(container, head + "x"), 201);
            assertThat(stream.next().toString()).doesNotContain(token);
        }
    }

    @Test
    void keyOfTheHubIsSecret(Container container) {
        assertThat(container.logText()).contains("tidings.jwt.key").doesNotContain(Tokens.SECRET);
    }

    private void assertSecret(Container container, Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain(token);
        assertThat(answer.headers().toString()).doesNotContain(token);
        assertThat(container.logText()).doesNotContain(token);
    }
}
