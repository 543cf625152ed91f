package dev.tidings.container.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.NpmClient;
import dev.tidings.container.Streams;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Http2Connection;
import dev.tidings.testing.KeyStoreFile;
import dev.tidings.testing.LoopbackPort;
import dev.tidings.testing.ProxyKind;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.Rounds;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.TlsProxy;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the lines for a proxy in the documents promise, in a real one in front of a hub under {@code /tidings}. Requests go
 * over HTTP/2 where the proxy speaks that. Where a client is idle, the proxy's times are two seconds instead of a minute, and
 * the hub's heartbeats come twice a second instead of four times a minute. Over 300 lines, since every proxy promises the same.
 */
@Tag(NpmClient.TAG)
@EveryContainer(
        kinds = ContainerKind.TOMCAT_11,
        contextPath = "/tidings",
        relaxedUris = true,
        settings = {"tidings.proxies=127.0.0.1", "tidings.heartbeat=500ms"})
abstract class ProxyFacts {

    /** More heartbeats than the proxy's time-outs let pass without one; with {@code -Plong} those of more than a minute. */
    private static final int HEARTBEATS = Rounds.of(6, 130);

    private static final int STREAMS = 20;

    /** Longer than a proxy waits that nobody has told to. */
    private static final Duration RESTART = Duration.ofSeconds(5);

    /** An address of this machine that is no proxy's. */
    private static final String CLIENT = "127.0.0.5";

    private static final Map<String, String> CLAIMS = Map.of(
            "X-Forwarded-For", "203.0.113.9",
            "X-Forwarded-Host", "evil.example",
            "X-Forwarded-Proto", "http",
            "Forwarded", "for=203.0.113.9;host=evil.example;proto=http");

    private final ProxyKind kind;
    private final CodeBlock lines;
    private final CodeBlock impatient;
    private final boolean waits;
    private final HttpClient.Version version;
    private final Container hub;
    private final String topic = Fresh.topic();
    private final String user = Fresh.user();
    private CuttableProxy network;
    private HttpClient http;
    private TlsProxy proxy;
    private URI site;

    /**
     * @param impatient the lines with two seconds instead of a minute
     * @param waits whether it has requests wait that come while the hub restarts
     * @param version what it speaks with clients
     */
    ProxyFacts(
            ProxyKind kind,
            CodeBlock lines,
            CodeBlock impatient,
            boolean waits,
            HttpClient.Version version,
            Container hub) {
        this.kind = kind;
        this.lines = lines;
        this.impatient = impatient;
        this.waits = waits;
        this.version = version;
        this.hub = hub;
    }

    @BeforeEach
    void start() {
        kind.assumeInstalled();
        network = CuttableProxy.to(hub.uri());
        proxy = TlsProxy.start(kind, lines, network.uri(""));
        site = proxy.uri().resolve("/tidings/");
        http = HttpClient.newBuilder()
                .sslContext(KeyStoreFile.contextOfTheBuild())
                .build();
    }

    @AfterEach
    void stop() {
        if (proxy != null) {
            proxy.close();
        }
        if (network != null) {
            network.close();
        }
    }

    @Test
    void eventsComeAtOnceAndAnIdleStreamStaysOpen() {
        restart(impatient, network.uri(""));
        try (StreamRecorder stream = open("")) {
            for (int round = 1; round <= 3; round++) {
                Publisher.to(hub).publish(topic, "event " + round);
                assertThat(stream.next().data()).isEqualTo("event " + round);
            }
            for (int heartbeat = 1; heartbeat <= HEARTBEATS; heartbeat++) {
                assertThat(stream.nextBlock().isEvent()).as("a heartbeat").isFalse();
            }
            Publisher.to(hub).publish(topic, "after them");
            assertThat(stream.next().data()).isEqualTo("after them");
        }
    }

    @Test
    void streamsOfOneBrowserAreAllLive() {
        try (Http2Connection connection = isHttp2() ? Http2Connection.to(proxy.uri()) : null) {
            List<StreamRecorder> opened = new ArrayList<>();
            while (opened.size() < STREAMS) {
                opened.add(isHttp2() ? connection.open(target(), headers("")) : open(""));
            }
            Publisher.to(hub).publish(topic, "to all");
            assertThat(opened)
                    .allSatisfy(stream -> assertThat(stream.next().data()).isEqualTo("to all"));
        }
    }

    @Test
    void clientThatLeavesIsGoneFromTheRegistry() {
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
            // HAProxy makes a whole stream of one that was cut.
            stream.awaitEnd();
        }
        Publisher.to(hub).publish(topic, "missed");
        network.up();
        try (StreamRecorder stream = open(last)) {
            assertThat(stream.next().data()).isEqualTo("missed");
            Publisher.to(hub).publish(topic, "live");
            assertThat(stream.next().data()).isEqualTo("live");
        }
    }

    /** A proxy may refuse, may wait for the hub, or may remember that the hub did not answer. */
    @Test
    void hubThatWasAwayIsUsedAsSoonAsItIsBack() throws IOException {
        int port = LoopbackPort.free();
        restart(lines, URI.create("http://127.0.0.1:" + port));
        HttpRequest health =
                HttpRequest.newBuilder(proxy.uri().resolve("/tidings/health")).build();
        var asked = http.sendAsync(health, HttpResponse.BodyHandlers.ofString());
        if (waits) {
            assertThatThrownBy(() -> asked.get(RESTART.toMillis(), TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
        } else {
            assertThat(Eventually.value(asked).statusCode()).isEqualTo(503);
        }
        try (CuttableProxy back = CuttableProxy.at(port, hub.uri())) {
            if (waits) {
                assertThat(Eventually.value(asked).statusCode()).isEqualTo(200);
            }
            var again = http.sendAsync(health, HttpResponse.BodyHandlers.ofString());
            assertThat(Eventually.value(again).statusCode()).isEqualTo(200);
            assertThat(back.connections()).isPositive();
        }
    }

    @Test
    void ownPageLogsInWithASecureCookieAndPublishesWithIt() throws IOException, InterruptedException {
        HttpRequest.Builder form = form("login", "token=" + Tokens.user(user).jwt());
        HttpResponse<String> login = send(form.header("Origin", proxy.uri().toString()));
        assertThat(login.statusCode()).as(login.body()).isEqualTo(303);
        String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie.split("; *")).contains("Secure", "HttpOnly", "SameSite=Strict", "Path=/tidings");
        HttpRequest.Builder own = form("msg", "msg=hello").header("Cookie", cookie.split(";", 2)[0]);
        assertThat(send(own.copy().header("Origin", proxy.uri().toString())).statusCode())
                .isEqualTo(201);
        assertThat(send(own.copy().header("Origin", "https://elsewhere.example"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void whatAClientSaysOfItselfIsNotBelieved() throws IOException, InterruptedException {
        var claims = new StringBuilder("GET " + target() + " HTTP/1.1\r\nHost: "
                + proxy.uri().getAuthority() + "\r\nAuthorization: "
                + Tokens.user(user).bearer() + "\r\n");
        CLAIMS.forEach((name, value) -> claims.append(name + ": " + value + "\r\n"));
        SocketFactory sockets = KeyStoreFile.contextOfTheBuild().getSocketFactory();
        try (RawClient client = RawClient.connect(proxy.uri(), sockets, CLIENT).send(claims + "\r\n")) {
            assertThat(client.head().status()).isEqualTo(200);
            assertThat(Clients.only(hub, user).path("address").asText()).isEqualTo(CLIENT);
        }
        HttpRequest.Builder home = get("");
        CLAIMS.forEach(home::header);
        HttpResponse<String> page = send(home);
        assertThat(page.headers().firstValue("Link").orElseThrow()).contains(site.toString());
        assertThat(page.body()).contains(site.toString()).doesNotContain("evil.example");
    }

    @Test
    void webSocketGoesBothWaysAndAnIdleOneStaysOpen() {
        restart(impatient, network.uri(""));
        Map<String, String> headers = Map.of("Authorization", Tokens.user(user).bearer());
        try (SocketClient socket = SocketClient.open(http, site.resolve("ws"), headers)) {
            socket.next("welcome");
            for (int heartbeat = 1; heartbeat <= HEARTBEATS; heartbeat++) {
                socket.nextPing();
            }
            socket.send("{\"type\":\"publish\",\"to\":\"" + user + "\",\"data\":\"hello\"}");
            JsonNode frame = socket.next();
            while (!frame.path("type").asText().equals("event")) {
                frame = socket.next();
            }
            assertThat(frame.path("data").asText()).isEqualTo("hello");
        }
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

    @Test
    void encodedSlashesReachTheHub() throws IOException, InterruptedException {
        String address = "%2Fa%2Fb?topic=%2Fa";
        HttpRequest.Builder request = get(".well-known/mercure/subscriptions/" + address)
                .header("Authorization", Tokens.operator().bearer());
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("/subscriptions/%2Fa%2Fb");
    }

    private void restart(CodeBlock with, URI inFrontOf) {
        proxy.close();
        proxy = TlsProxy.start(kind, with, inFrontOf);
        site = proxy.uri().resolve("/tidings/");
    }

    private StreamRecorder open(String lastEventId) {
        StreamRecorder stream = isHttp2()
                ? Http2Connection.to(proxy.uri()).openAlone(target(), headers(lastEventId))
                : http1(lastEventId);
        assertThat(stream.status()).as(stream::toString).isEqualTo(200);
        assertThat(stream.nextBlock().id()).isNotEmpty();
        return stream;
    }

    private StreamRecorder http1(String lastEventId) {
        StreamRequest request = StreamRequest.to(proxy.uri(), target()).over(KeyStoreFile.contextOfTheBuild());
        for (Map.Entry<String, String> header : headers(lastEventId).entrySet()) {
            request = request.header(header.getKey(), header.getValue());
        }
        return request.open();
    }

    private boolean isHttp2() {
        return version == HttpClient.Version.HTTP_2;
    }

    private String target() {
        return "/tidings" + Streams.events(topic);
    }

    private Map<String, String> headers(String lastEventId) {
        var headers = new TreeMap<String, String>(
                Map.of("Authorization", Tokens.user(user).bearer()));
        if (!lastEventId.isEmpty()) {
            headers.put("Last-Event-ID", lastEventId);
        }
        return headers;
    }

    private HttpRequest.Builder get(String address) {
        return HttpRequest.newBuilder(site.resolve(address));
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

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(request.timeout(Eventually.LIMIT).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(version);
        return answer;
    }
}
