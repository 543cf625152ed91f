package dev.tidings.container.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.KeyStoreFile;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import dev.tidings.testing.StreamEnd;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Streams over connectors of Tomcat's that change what is written to them: TLS, HTTP/2, compression. Each event still
 * leaves at once, and whole.
 *
 * <p>On one version of Tomcat, since the connectors are the same code in both.
 */
class TomcatConnectorsIT {

    private static final Pattern PORT =
            Pattern.compile("Starting ProtocolHandler \\[\"https?-[^\"]*nio-127\\.0\\.0\\.1-auto-\\d+-(\\d+)\"]");

    /** The last is more than one write to a socket. */
    private static final List<String> EVENTS = List.of("x1", "x2", "x3", "4 " + "x".repeat(300_000));

    @TempDir
    private static Path directory;

    private static KeyStoreFile store;
    private static Container container;
    private static URI encrypting;
    private static URI compressing;

    private final String topic = Fresh.topic();
    private final String user = Fresh.user();

    @BeforeAll
    static void start() {
        store = KeyStoreFile.in(directory);
        container = ContainerSpec.of(ContainerKind.TOMCAT_11)
                .connector("""
                        <Connector address="127.0.0.1" port="0" SSLEnabled="true" scheme="https" secure="true">
                          <UpgradeProtocol className="org.apache.coyote.http2.Http2Protocol"/>
                          <SSLHostConfig>
                            <Certificate certificateKeystoreFile="%s" certificateKeystorePassword="%s" type="EC"/>
                          </SSLHostConfig>
                        </Connector>
                        """.formatted(store.path(), KeyStoreFile.PASSWORD))
                .connector("""
                        <Connector address="127.0.0.1" port="0" compression="force"/>
                        """)
                .start();
        List<String> ports = PORT.matcher(container.logText())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(ports).hasSize(3);
        encrypting = URI.create("https://127.0.0.1:" + ports.get(1));
        compressing = URI.create("http://127.0.0.1:" + ports.get(2));
    }

    @AfterAll
    static void stop() {
        container.close();
    }

    @Test
    void tlsEncryptsTheWholeStream() {
        assertDelivers(request(encrypting).over(store.sslContext()), "");
    }

    @Test
    void connectionOfAStreamThatEndedServesTheNextRequest() {
        try (RawClient client = RawClient.connect(encrypting, store.sslContext())) {
            String rest = " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + token().bearer() + "\r\n\r\n";
            ResponseHead stream =
                    client.send("GET " + Streams.events(topic) + rest).head();
            Clients.end(container, Clients.idOf(container, user));
            assertThat(client.text(stream)).startsWith(":\n").endsWith("\n\n");
            ResponseHead next = client.send("GET /health" + rest).head();
            assertThat(client.text(next)).isEqualTo("{\"status\":\"ok\"}\n");
        }
    }

    @Test
    void compressionIsOfTheWholeStream() {
        assertDelivers(request(compressing).header("Accept-Encoding", "gzip"), "gzip");
    }

    @Test
    @Timeout(30)
    void streamOfHttp2IsFramed() throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(store.sslContext()).build();
        HttpRequest request = HttpRequest.newBuilder(encrypting.resolve(Streams.events(topic)))
                .header("Authorization", token().bearer())
                .build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(response.headers().firstValue("Connection")).isEmpty();
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String data : EVENTS) {
                Publisher.to(container).publish(topic, data);
                assertThat(nextData(lines)).isEqualTo("data: " + data);
            }
            Clients.end(container, Clients.idOf(container, user));
            assertThat(nextData(lines)).isNull();
        }
    }

    /** Null at the stream's end. */
    private static @Nullable String nextData(BufferedReader lines) throws IOException {
        String line;
        do {
            line = lines.readLine();
        } while (line != null && !line.startsWith("data: "));
        return line;
    }

    /** Sees that each event arrives when it is published, and that the stream ends when it is told to. */
    private void assertDelivers(StreamRequest request, String encoding) {
        try (StreamRecorder stream = Streams.open(request)) {
            assertThat(stream.head().header("Content-Encoding")).isEqualTo(encoding);
            for (String data : EVENTS) {
                Publisher.to(container).publish(topic, data);
                assertThat(stream.next().data()).isEqualTo(data);
            }
            Clients.end(container, Clients.idOf(container, user));
            assertThat(stream.awaitEnd()).isEqualTo(StreamEnd.COMPLETE);
        }
    }

    private StreamRequest request(URI connector) {
        return StreamRequest.to(connector, Streams.events(topic)).with(token());
    }

    private Tokens token() {
        return Tokens.user(user);
    }
}
