package dev.tidings.container.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Raw;
import dev.tidings.container.Watch;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What containers let through when they are set up as the deployment guide has it. */
@EveryContainer(relaxedUris = true)
class RelaxedUrisIT {

    @Test
    void templateIsReadWithItsBraces(Container container) {
        String path = "/braces/" + System.nanoTime();
        try (StreamRecorder stream = container.stream("/events?topic=" + path + "/{id}")
                .with(Tokens.operator())
                .open()) {
            Publisher.to(container).publish(path, "not this");
            String id = Publisher.to(container).publish(path + "/7", "this");
            assertThat(stream.next().id()).isEqualTo(id);
        }
    }

    /** As browsers write them. Found when the hub failed at the braces, and its log had the whole address and the token. */
    @ParameterizedTest
    @ValueSource(strings = {"/{id}", "/%7Bid%7D", "/a|b", "/a^b", "/a\"b", "/a\\b", "/a`b", "/a<b>"})
    void webSocketIsOpenedWithWhatStandsRawInAQuery(String topic, Container container) {
        Tokens token = Tokens.operator().claim("jti", Fresh.user());
        String upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        String target = "/ws?topic=" + topic + "&token=" + token.jwt();
        try (RawClient client = container.connect()) {
            ResponseHead answer =
                    client.send(Raw.head(container, "GET", target, upgrade)).head();
            if (topic.contains("id")) {
                assertThat(answer.status()).isEqualTo(101);
                assertThat(container.logText()).doesNotContain(token.jwt());
            } else {
                // What no address may have some containers refuse by themselves, and say in their log.
                assertThat(answer.status()).isIn(101, 400);
            }
        }
    }

    @Test
    void startCheckFindsNothingMissing(Container container) {
        assertThat(container.logText())
                .doesNotContain("encodedSolidusHandling", "relaxedPathChars", "relaxedQueryChars");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/%2fmsg", "/msg%2f", "/assets/..%2fmsg", "/..%2fmsg", "/assets%2f..%2f..%2fmsg", "/x{}/..%5cmsg"
            })
    void encodedSlashesGetByNoToken(String address, Container container) {
        try (Watch watch = Watch.over(container)) {
            Answer answer = Raw.ask(
                    container, "POST", address + "?topic=/x", "Content-Type: text/plain\r\nContent-Length: 0\r\n");
            assertThat(answer.status()).isBetween(400, 405);
            watch.assertNothing();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/WEB-INF%2fweb.xml",
                "/assets%2f..%2fWEB-INF%2fweb.xml",
                "/assets/..%2fWEB-INF/web.xml",
                "/..%2f..%2fetc%2fpasswd"
            })
    void encodedSlashesLeadNowhere(String path, Container container) {
        Answer answer = Raw.ask(container, "GET", path, "");
        assertThat(answer.status()).isIn(400, 403, 404);
        assertThat(answer.body()).doesNotContain("<web-app").doesNotContain("root:");
    }
}
