package dev.tidings.container.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.ConfiguredHub;
import dev.tidings.container.Fresh;
import dev.tidings.container.NpmClient;
import dev.tidings.container.Streams;
import dev.tidings.testing.Block;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.Nginx;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The lines for nginx in the documents do what they say, in a real nginx in front of a hub under {@code /tidings}. */
@Tag(NpmClient.TAG)
@ConfiguredHub
class DocumentedNginxIT {

    private static final CodeBlock PROXY = CodeBlock.of("docs/deployment.md", "Behind a proxy");
    private static final CodeBlock MERCURE = CodeBlock.of("docs/mercure.md", "Behind nginx");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Container hub;
    private final String topic = Fresh.topic();
    private final String user = Fresh.user();

    DocumentedNginxIT(Container hub) {
        this.hub = hub;
    }

    @BeforeAll
    static void needsNginx() {
        Nginx.assumeInstalled();
    }

    @Test
    void streamComesAtOnceStaysOpenAndIsResumed() {
        try (Nginx nginx = Nginx.inFrontOf(hub, PROXY)) {
            String target = "/tidings" + Streams.events(topic);
            String last;
            try (StreamRecorder stream = Streams.open(request(nginx, target))) {
                Publisher.to(hub).publish(topic, "first");
                assertThat(stream.next().data()).isEqualTo("first");
                last = heartbeat(stream).id();
            }
            Publisher.to(hub).publish(topic, "missed");
            try (StreamRecorder stream = Streams.open(request(nginx, target).after(last))) {
                assertThat(stream.next().data()).isEqualTo("missed");
            }
        }
    }

    @Test
    void pagesLogInThroughItAndPublishWithTheCookie() throws IOException, InterruptedException {
        try (Nginx nginx = Nginx.inFrontOf(hub, PROXY)) {
            URI site = nginx.uri().resolve("/tidings/");
            HttpResponse<String> login = post(
                    nginx, site.resolve("login"), "token=" + Tokens.user(user).jwt(), "");
            assertThat(login.statusCode()).as(login.body()).isEqualTo(303);
            String cookie =
                    login.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
            HttpResponse<String> published = post(nginx, site.resolve("msg"), "msg=hello", cookie);
            assertThat(published.statusCode()).as(published.body()).isEqualTo(201);
            HttpResponse<String> foreign = http.send(
                    form(site.resolve("msg"), "msg=hello")
                            .header("Cookie", cookie)
                            .header("Origin", "https://elsewhere.example")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(foreign.statusCode()).isEqualTo(403);
        }
    }

    @Test
    void whatAClientSaysOfItsHostIsNotBelieved() throws IOException, InterruptedException {
        try (Nginx nginx = Nginx.inFrontOf(hub, PROXY)) {
            HttpRequest request = HttpRequest.newBuilder(nginx.uri().resolve("/tidings/"))
                    .header("X-Forwarded-Host", "evil.example")
                    .header("Forwarded", "host=evil.example;proto=https")
                    .build();
            HttpResponse<String> home = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(home.statusCode()).isEqualTo(200);
            assertThat(home.body() + home.headers().map()).doesNotContain("evil.example");
        }
    }

    @Test
    void mercureIsWhereTheProtocolHasItAlthoughTheWarIsNot() throws IOException, InterruptedException {
        try (Nginx nginx = Nginx.inFrontOf(hub, PROXY, MERCURE)) {
            String target = "/.well-known/mercure?topic=" + Streams.encode(topic);
            try (StreamRecorder stream = request(nginx, target).open()) {
                assertThat(stream.status()).isEqualTo(200);
                HttpRequest request = form(
                                nginx.uri().resolve("/.well-known/mercure"),
                                "topic=" + Streams.encode(topic) + "&data=hello")
                        .header(
                                "Authorization",
                                Tokens.grant("shop", List.of("*"), List.of()).bearer())
                        .build();
                HttpResponse<String> published = http.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(published.statusCode()).as(published.body()).isEqualTo(200);
                Block event = stream.next();
                assertThat(event.data()).isEqualTo("hello");
                assertThat(event.id()).isEqualTo(published.body());
                assertThat(Clients.of(hub, user)).hasSize(1);
            }
        }
    }

    private StreamRequest request(Nginx nginx, String target) {
        return StreamRequest.to(nginx.uri(), target).with(Tokens.user(user));
    }

    /** The next block that is none of an event: a heartbeat, since the opening was taken. */
    private static Block heartbeat(StreamRecorder stream) {
        Block block = stream.nextBlock();
        assertThat(block.isEvent()).isFalse();
        return block;
    }

    private HttpResponse<String> post(Nginx nginx, URI address, String form, String cookie)
            throws IOException, InterruptedException {
        HttpRequest request = form(address, form)
                .header("Origin", nginx.uri().toString())
                .header("Cookie", cookie)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder form(URI address, String form) {
        return HttpRequest.newBuilder(address)
                .header("Content-Type", Publisher.FORM)
                .POST(HttpRequest.BodyPublishers.ofString(form, UTF_8));
    }
}
