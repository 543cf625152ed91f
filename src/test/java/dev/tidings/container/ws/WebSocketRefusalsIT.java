package dev.tidings.container.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Raw;
import dev.tidings.container.Requests;
import dev.tidings.container.Site;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfHttp11;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.Tokens;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is refused is refused over HTTP, before there is a WebSocket, and leaves no client behind. */
@OfTheDoors
@EveryContainer(kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY})
class WebSocketRefusalsIT {

    private static final String UPGRADE = "Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13";
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

    private final String user = Fresh.user();
    private final Tokens token = Tokens.user(user);
    private final String authorized = "Authorization: " + token.bearer();
    private final Container hub;

    WebSocketRefusalsIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void withoutATokenItIsUnauthorized() {
        assertThat(SocketClient.status(hub, "/ws?topic=/a", Map.of())).isEqualTo(401);
        assertThat(ask("", UPGRADE, KEY).headers()).containsKey("WWW-Authenticate");
    }

    @Test
    void badTokenIsUnauthorized() {
        assertThat(SocketClient.status(hub, "/ws?topic=/a&token=bad", Map.of())).isEqualTo(401);
    }

    @Test
    void tokenInTheQueryIsEnough() {
        assertThat(SocketClient.status(hub, "/ws?token=" + token.jwt(), Map.of()))
                .isEqualTo(101);
    }

    @Test
    void badTopicIsNamed() {
        Requests.assertProblem(ask("?topic=", UPGRADE, KEY, authorized), 400, "topic");
    }

    @Test
    void moreThanAHundredTopicsAreTooMany() {
        String topics =
                IntStream.rangeClosed(0, 100).mapToObj(i -> "topic=/" + i).collect(Collectors.joining("&", "?", ""));
        Requests.assertProblem(ask(topics, UPGRADE, KEY, authorized), 400, "100");
    }

    /** HTTP/2 has no {@code Upgrade}; SecureWebSocketIT has what is said there. */
    @OfHttp11
    @Test
    void plainRequestIsToldToUpgrade() {
        Answer answer = ask("", authorized);
        Requests.assertProblem(answer, 426, "WebSocket");
        assertThat(answer.headers()).containsKey("Upgrade");
    }

    /** One container upgrades it, one fails in words of its own. */
    @Test
    void olderHttpIsToldToTakeANewerOne() {
        String headers = String.join("|", UPGRADE, KEY, authorized, "").replace("|", "\r\n");
        String head = Raw.head(hub, "GET", "/ws?topic=/a", headers).replace("HTTP/1.1", "HTTP/1.0");
        Requests.assertProblem(Raw.send(hub, head), 426, "HTTP/1.1");
    }

    @Test
    void anotherVersionIsToldTheOneThatIsSpoken() {
        Answer answer = ask("", UPGRADE.replace("13", "12"), KEY, authorized);
        assertThat(answer.status()).isEqualTo(426);
        assertThat(answer.headers()).containsKey("Sec-WebSocket-Version");
    }

    @Test
    void keyHasToBeOne() {
        Requests.assertProblem(ask("", UPGRADE, "Sec-WebSocket-Key: short", authorized), 400, "Sec-WebSocket-Key");
    }

    @Test
    void otherMethodsAreNotForIt() {
        assertThat(Site.send(hub, "POST", "/ws", UPGRADE, KEY, authorized).status())
                .isEqualTo(405);
        assertThat(Site.send(hub, "HEAD", "/ws", UPGRADE, KEY, authorized).status())
                .isEqualTo(405);
    }

    @Test
    void cookieOpensItFromOurOwnPagesOnly() {
        String cookie = Site.cookie(token).substring("Cookie: ".length());
        String own = "http://" + hub.uri().getAuthority();
        assertThat(SocketClient.status(hub, "/ws", Map.of("Cookie", cookie, "Origin", own)))
                .isEqualTo(101);
        assertThat(SocketClient.status(hub, "/ws", Map.of("Cookie", cookie, "Origin", "http://evil.example")))
                .isEqualTo(403);
        assertThat(SocketClient.status(hub, "/ws", Map.of("Cookie", cookie))).isEqualTo(403);
    }

    @Test
    void tokenOpensItFromAnybodysPage() {
        assertThat(SocketClient.status(hub, "/ws?token=" + token.jwt(), Map.of("Origin", "http://evil.example")))
                .isEqualTo(101);
    }

    @Test
    void whatWasRefusedIsNoClient() {
        ask("?topic=", UPGRADE, KEY, authorized);
        ask("", UPGRADE, "Sec-WebSocket-Key: short", authorized);
        ask("", authorized);
        assertThat(Clients.of(hub, user)).isEmpty();
    }

    private Answer ask(String query, String... headers) {
        return Site.send(hub, "GET", "/ws" + query, headers);
    }
}
