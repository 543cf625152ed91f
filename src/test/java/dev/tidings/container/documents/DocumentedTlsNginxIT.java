package dev.tidings.container.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.NpmClient;
import dev.tidings.container.Streams;
import dev.tidings.testing.Block;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.KeyStoreFile;
import dev.tidings.testing.Nginx;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamEnd;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The file for nginx with TLS in the documents does what they say, in a real nginx in front of a hub under
 * {@code /tidings}. Requests go over HTTP/2 unless they say otherwise.
 */
@Tag(NpmClient.TAG)
@EveryContainer(
        kinds = ContainerKind.JETTY,
        contextPath = "/tidings",
        settings = {"tidings.proxies=127.0.0.1", "tidings.heartbeat=500ms"})
class DocumentedTlsNginxIT {

    private static final String HEADING = "TLS and HTTP/2 with nginx";
    private static final CodeBlock FILE = CodeBlock.of("docs/deployment.md", HEADING);
    private static final CodeBlock RESTARTS = CodeBlock.of("docs/deployment.md", HEADING, 2);
    private static final CodeBlock MERCURE = CodeBlock.of("docs/mercure.md", "Behind nginx");

    /** An address of this machine that is no proxy's. */
    private static final String CLIENT = "127.0.0.5";

    private static final String CLAIMS = "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Host: evil.example\r\n"
            + "Forwarded: for=203.0.113.9;host=evil.example";

    @TempDir
    private static Path directory;

    private static KeyStoreFile certificate;
    private static HttpClient http;

    private final Container hub;
    private final String topic = Fresh.topic();
    private final String user = Fresh.user();
    private CuttableProxy network;
    private Nginx nginx;
    private URI site;

    DocumentedTlsNginxIT(Container hub) {
        this.hub = hub;
    }

    @BeforeAll
    static void makeCertificate() {
        Nginx.assumeInstalled();
        certificate = KeyStoreFile.in(directory);
        http = HttpClient.newBuilder().sslContext(certificate.sslContext()).build();
    }

    @BeforeEach
    void start() {
        network = CuttableProxy.to(hub.uri());
        nginx = Nginx.overTls(certificate, network.uri(""), FILE, RESTARTS, MERCURE);
        site = nginx.uri().resolve("/tidings/");
    }

    @AfterEach
    void stop() {
        nginx.close();
        network.close();
    }

    @Test
    void eventsComeAtOnceAndAnIdleStreamStaysOpen() throws IOException, InterruptedException {
        try (StreamRecorder stream = open("")) {
            for (int round = 1; round <= 3; round++) {
                Publisher.to(hub).publish(topic, "event " + round);
                assertThat(stream.next().data()).isEqualTo("event " + round);
                assertThat(stream.nextBlock().isEvent()).as("a heartbeat").isFalse();
            }
        }
    }

    @Test
    void clientThatLeavesIsGoneFromTheRegistry() throws IOException, InterruptedException {
        try (StreamRecorder stays = open("")) {
            open("").close();
            Eventually.passes(() -> assertThat(Clients.of(hub, user)).hasSize(1));
            Publisher.to(hub).publish(topic, "still here");
            assertThat(stays.next().data()).isEqualTo("still here");
        }
    }

    @Test
    void nothingIsLostWhileTheHubIsAway() throws IOException, InterruptedException {
        String last;
        try (StreamRecorder stream = open("")) {
            Publisher.to(hub).publish(topic, "before");
            last = stream.next().id();
            network.down();
            assertThat(stream.awaitEnd()).isEqualTo(StreamEnd.CUT);
        }
        Publisher.to(hub).publish(topic, "missed");
        network.up();
        try (StreamRecorder stream = open(last)) {
            assertThat(stream.next().data()).isEqualTo("missed");
            Publisher.to(hub).publish(topic, "live");
            assertThat(stream.next().data()).isEqualTo("live");
        }
    }

    @Test
    void streamIsToldToComeAgainWhileTheHubIsAwayAndAPublisherThatItFailed() throws IOException, InterruptedException {
        network.down();
        HttpResponse<String> stream = http.send(
                stream("").header("Origin", "https://app.example.com").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.headers().allValues("Content-Type")).containsExactly("text/event-stream");
        assertThat(stream.headers().allValues("Access-Control-Allow-Origin"))
                .containsExactly("https://app.example.com");
        assertThat(stream.body()).isEqualTo("retry: 3000\n\n");
        assertThat(send(form("msg", "topic=" + topic + "&msg=x")).statusCode()).isEqualTo(502);
    }

    @Test
    void ownPageLogsInWithASecureCookieAndPublishesWithIt() throws IOException, InterruptedException {
        String cookie = logIn();
        assertThat(cookie.split("; *")).contains("Secure", "HttpOnly", "SameSite=Strict", "Path=/tidings");
        HttpRequest.Builder own = form("msg", "msg=hello").header("Cookie", cookie.split(";", 2)[0]);
        assertThat(send(own.copy().header("Origin", nginx.uri().toString())).statusCode())
                .isEqualTo(201);
        assertThat(send(own.copy().header("Origin", "https://elsewhere.example"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void whatAClientSaysOfItselfIsNotBelieved() {
        String token = "Authorization: " + Tokens.user(user).bearer();
        try (RawClient client = past(nginx.uri(), "GET", Streams.events(topic), "", CLAIMS, token)) {
            assertThat(client.head().status()).isEqualTo(200);
            assertThat(Clients.only(hub, user).path("address").asText()).isEqualTo(CLIENT);
        }
        try (RawClient client = past(nginx.uri(), "GET", "/", "", CLAIMS)) {
            ResponseHead home = client.head();
            assertThat(home.header("Link")).contains(site.toString());
            assertThat(client.text(home)).contains(site.toString()).doesNotContain("evil.example");
        }
        assertThat(cookie(nginx.uri(), "X-Forwarded-Proto: http")).contains("; Secure");
    }

    /** A client that reaches the hub past the proxy is none. */
    @Test
    void whatAClientSaysToTheHubItselfIsNotBelieved() {
        String token = "Authorization: " + Tokens.user(user).bearer();
        try (RawClient client = past(hub.uri(), "GET", Streams.events(topic), "", CLAIMS, token)) {
            assertThat(client.head().status()).isEqualTo(200);
            assertThat(Clients.only(hub, user).path("address").asText()).isEqualTo(CLIENT);
        }
        assertThat(cookie(hub.uri(), "X-Forwarded-Proto: https")).doesNotContain("Secure");
    }

    @Test
    void webSocketGoesBothWays() throws IOException, InterruptedException {
        Map<String, String> headers =
                Map.of("Cookie", logIn().split(";", 2)[0], "Origin", nginx.uri().toString());
        try (SocketClient socket = SocketClient.open(http, site.resolve("ws"), headers)) {
            socket.next("welcome");
            socket.send("{\"type\":\"publish\",\"to\":\"" + user + "\",\"data\":\"hello\"}");
            JsonNode frame = socket.next();
            while (!frame.path("type").asText().equals("event")) {
                frame = socket.next();
            }
            assertThat(frame.path("data").asText()).isEqualTo("hello");
            assertThat(socket.nextPing()).isNotNull();
        }
    }

    @Test
    void mercureIsWhereTheProtocolHasIt() throws IOException, InterruptedException {
        String token = Tokens.grant("shop", List.of("*"), List.of()).bearer();
        HttpResponse<String> published = send(
                form("/.well-known/mercure", "topic=" + topic + "&data=hello").header("Authorization", token));
        assertThat(published.statusCode()).as(published.body()).isEqualTo(200);
        assertThat(published.body()).matches(Streams.POSITION);
    }

    /** Whatever JSON makes of it; and it is the hub that refuses a larger one, in its own words. */
    @Test
    void eventMayBeAsLargeAsTheHubAllows() throws IOException, InterruptedException {
        int most = 1 << 20;
        HttpResponse<String> largest = send(json("\\u0001".repeat(most)));
        assertThat(largest.statusCode()).as(largest.body()).isEqualTo(201);
        HttpResponse<String> larger = send(json("\\u0001".repeat(most + 1)));
        assertThat(larger.statusCode()).isEqualTo(413);
        assertThat(larger.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    /** What a page of the hub's own is given. */
    private String logIn() throws IOException, InterruptedException {
        HttpRequest.Builder form = form("login", "token=" + Tokens.user(user).jwt());
        HttpResponse<String> login = send(form.header("Origin", nginx.uri().toString()));
        assertThat(login.statusCode()).as(login.body()).isEqualTo(303);
        return login.headers().firstValue("Set-Cookie").orElseThrow();
    }

    /** A request over HTTP/1.1 from an address that is no proxy's. */
    private static RawClient past(URI server, String method, String target, String form, String... headers) {
        SocketFactory sockets = server.getScheme().equals("https")
                ? certificate.sslContext().getSocketFactory()
                : SocketFactory.getDefault();
        String head = method + " /tidings" + target + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n"
                + String.join("\r\n", headers) + "\r\nContent-Length: " + form.length() + "\r\n\r\n";
        return RawClient.connect(server, sockets, CLIENT).send(head + form);
    }

    /** What login sets for a client that claims this. */
    private String cookie(URI server, String claim) {
        String form = "token=" + Tokens.user(user).jwt();
        String origin = "Origin: " + server.resolve("/").toString().replaceFirst("/$", "");
        try (RawClient client =
                past(server, "POST", "/login", form, claim, origin, "Content-Type: " + Publisher.FORM)) {
            ResponseHead login = client.head();
            assertThat(login.status()).isEqualTo(303);
            return login.header("Set-Cookie");
        }
    }

    private StreamRecorder open(String lastEventId) throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                http.send(stream(lastEventId).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        StreamRecorder stream = StreamRecorder.of(response);
        assertThat(stream.status()).as(stream::toString).isEqualTo(200);
        Block opening = stream.nextBlock();
        assertThat(opening.id()).isNotEmpty();
        return stream;
    }

    private HttpRequest.Builder stream(String lastEventId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        site.resolve(Streams.events(topic).substring(1)))
                .header("Authorization", Tokens.user(user).bearer());
        return lastEventId.isEmpty() ? request : request.header("Last-Event-ID", lastEventId);
    }

    private HttpRequest.Builder json(String data) {
        return HttpRequest.newBuilder(site.resolve("msg"))
                .header("Content-Type", Publisher.JSON)
                .header("Authorization", Tokens.operator().bearer())
                .POST(HttpRequest.BodyPublishers.ofString("{\"topic\":\"" + topic + "\",\"msg\":\"" + data + "\"}"));
    }

    private HttpRequest.Builder form(String address, String form) {
        return HttpRequest.newBuilder(site.resolve(address))
                .header("Content-Type", Publisher.FORM)
                .POST(HttpRequest.BodyPublishers.ofString(form, UTF_8));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        // The JDK's client waits for ever where nginx refuses a body before its end.
        HttpRequest timed = request.timeout(Eventually.LIMIT).build();
        HttpResponse<String> answer = http.send(timed, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        return answer;
    }
}
