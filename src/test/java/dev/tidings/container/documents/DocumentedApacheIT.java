package dev.tidings.container.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.Http2Connection;
import dev.tidings.testing.Http2Stream;
import dev.tidings.testing.ProxyKind;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The file for Apache httpd in the documents does what they say. */
class DocumentedApacheIT extends ProxyFacts {

    private static final CodeBlock FILE = CodeBlock.of("docs/deployment.md", "Apache httpd");

    private static final int SIX = 6;

    DocumentedApacheIT(Container hub) {
        super(ProxyKind.APACHE, FILE, FILE.with("timeout=60", "timeout=2"), false, SIX, hub);
    }

    /** Requests that are answered at once let it take more, which streams are not. */
    @Test
    void seventhStreamOfAConnectionWaitsUntilOneOfTheSixLeaves() {
        try (Http2Connection connection = Http2Connection.to(proxy.uri())) {
            List<StreamRecorder> six = new ArrayList<>();
            while (six.size() < SIX) {
                six.add(connection.open(target(), headers("")));
            }
            Http2Stream seventh = connection.request("GET", target(), headers(""));
            try (StreamRecorder elsewhere = open("")) {
                Publisher.to(hub).publish(topic, "to all");
                assertThat(elsewhere.next().data()).isEqualTo("to all");
                assertThat(seventh.isAnswered()).isFalse();
                six.get(0).close();
                assertThat(seventh.head().status()).isEqualTo(200);
            }
        }
    }
}
