package dev.tidings.container.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.NpmClient;
import dev.tidings.container.Streams;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Http2Connection;
import dev.tidings.testing.ProxyKind;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamEnd;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.TlsProxy;
import dev.tidings.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Streams of a browser's connection that a proxy passes on to the hub over HTTP/2, without TLS. */
@Tag(NpmClient.TAG)
@SecureHub
class H2cBehindAProxyIT {

    private static final CodeBlock FILE = CodeBlock.of("docs/deployment.md", "HAProxy")
            .with("default_backend", "http-request set-uri http://%[req.hdr(Host)]%[pathq]\n    default_backend")
            .with("server tidings 127.0.0.1:8080", "server tidings 127.0.0.1:8080 proto h2");

    private static final int STREAMS = 20;

    private final Container hub;
    private final String topic = Fresh.topic();
    private final String user = Fresh.user();

    H2cBehindAProxyIT(Container hub) {
        this.hub = hub;
    }

    @BeforeAll
    static void needsHAProxy() {
        ProxyKind.HAPROXY.assumeInstalled();
    }

    @Test
    void streamsComeAtOnceStayOpenAndEndAlone() {
        try (TlsProxy proxy = TlsProxy.start(ProxyKind.HAPROXY, FILE, hub.uri());
                Http2Connection connection = Http2Connection.to(proxy.uri())) {
            List<StreamRecorder> streams = new ArrayList<>();
            for (int number = 0; number < STREAMS; number++) {
                streams.add(connection.open(
                        Streams.events(topic),
                        Map.of("Authorization", Tokens.user(user).bearer())));
            }
            streams.remove(0).close();
            Eventually.passes(() -> assertThat(Clients.of(hub, user)).hasSize(STREAMS - 1));
            Publisher.to(hub).publish(topic, "to all others");
            assertThat(streams)
                    .allSatisfy(stream -> assertThat(stream.next().data()).isEqualTo("to all others"));
            assertThat(Clients.ask(hub, "DELETE", "?user=" + user).status()).isLessThan(300);
            assertThat(streams)
                    .allSatisfy(stream -> assertThat(stream.awaitEnd()).isEqualTo(StreamEnd.COMPLETE));
        }
    }
}
