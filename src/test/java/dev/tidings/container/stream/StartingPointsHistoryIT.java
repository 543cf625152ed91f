package dev.tidings.container.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beginning earlier than now in a history of few events: in a file, also after a restart. */
class StartingPointsHistoryIT {

    private final String topic = Fresh.topic();

    @Test
    void newestOfATopicIsGoneWhenHistoryHasForgottenIt(@TempDir Path folder) {
        ContainerSpec spec = ContainerSpec.of(ContainerKind.JETTY)
                .set("tidings.log", "file:" + folder.resolve("log"))
                .set("tidings.history.events", "5");
        try (Container hub = spec.start()) {
            publish(hub, "gone", "a1", "b1", "a2", "c1", "b2");
            assertBegins(hub, "latest=true", "a2", "c1", "b2");
            assertBegins(hub, "last=2", "c1", "b2");
            assertBegins(hub, "last=9", "a1", "b1", "a2", "c1", "b2");
        }
        try (Container hub = spec.start()) {
            assertBegins(hub, "latest=true", "a2", "c1", "b2");
            publish(hub, "a3", "b3", "c2");
            assertBegins(hub, "since=1h", "c1", "b2", "a3", "b3", "c2");
            assertBegins(hub, "latest=true", "a3", "b3", "c2");
        }
    }

    private void publish(Container hub, String... texts) {
        for (String text : texts) {
            Publisher.to(hub).publish(topic + "/" + text.charAt(0), text);
        }
    }

    private void assertBegins(Container hub, String query, String... texts) {
        String target = Streams.events(topic + "/{x}") + "&caught-up=true&" + query;
        try (StreamRecorder stream = Streams.open(hub.stream(target).with(Tokens.operator()))) {
            assertThat(Streams.data(stream, texts.length)).isEqualTo(List.of(texts));
            assertThat(stream.next().type()).isEqualTo("caught-up");
        }
    }
}
