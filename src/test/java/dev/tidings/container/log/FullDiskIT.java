package dev.tidings.container.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Site;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is full: publishers get 503 and when to come again, streams stay open, and when there is room the hub goes
 * on by itself with nothing lost. Needs the right to mount a small tmpfs, and says so where it has not.
 */
class FullDiskIT {

    private static final String TOPIC = "/full";

    private static final int LARGE = 100_000;

    /** The hub looks each second whether it can write again, and five heartbeats are a second. */
    private static final int HEARTBEATS_OF_SOME_LOOKS = 20;

    @TempDir
    Path folder;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=4m", "tidings-test", disk.toString()) == 0;
        if (System.getenv("CI") != null) {
            assertThat(mounted).as("a tmpfs is mounted, which takes root").isTrue();
        }
        Assumptions.assumeTrue(mounted, "FullDiskIT is skipped: it may not mount a tmpfs; run it as root to have it");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void hubGoesOnWhenThereIsRoomAgain() throws IOException {
        Path ballast = Files.write(disk.resolve("ballast"), new byte[2 << 20]);
        try (Container container = ContainerSpec.of(ContainerKind.JETTY)
                        .set("tidings.log", "file:" + disk.resolve("log"))
                        .set("tidings.heartbeat", "200ms")
                        .start();
                StreamRecorder stream = container.stream("/events?topic=" + TOPIC)
                        .with(Tokens.operator())
                        .open()) {
            container.expectInLog("(?i)no space left on device|writing \\S+ failed; the hub opens it again");
            Publisher publisher = Publisher.to(container);
            var published = new ArrayList<String>();
            Answer answer = publish(publisher, published);
            while (answer.status() == 201) {
                answer = publish(publisher, published);
            }
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isNotEmpty();
            assertThat(ready(container).status()).isEqualTo(503);

            Files.delete(ballast);
            Eventually.holds("the hub is ready again", () -> ready(container).status() == 200);
            publish(publisher, published);

            assertThat(stream.next(published.size()).stream().map(block -> block.id()))
                    .containsExactlyElementsOf(published);
        }
    }

    /** What is left is enough for a small write, and too little for the one that failed. */
    @Test
    void diskThatIsNearlyFullIsAFaultUntilThereIsRoomAndOneLineInTheLog() throws IOException {
        Path ballast = Files.write(disk.resolve("ballast"), new byte[2 << 20]);
        try (Container container = ContainerSpec.of(ContainerKind.JETTY)
                        .set("tidings.log", "file:" + disk.resolve("log"))
                        .set("tidings.heartbeat", "200ms")
                        .start();
                StreamRecorder stream = container.stream("/events?topic=/quiet")
                        .with(Tokens.operator())
                        .open()) {
            container.expectInLog("(?i)no space left on device|writing \\S+ failed; the hub opens it again");
            Publisher publisher = Publisher.to(container);
            var published = new ArrayList<String>();
            while (publish(publisher, published, LARGE).status() == 201) {
                assertThat(published).hasSizeLessThan(100);
            }
            for (int heartbeats = 0; heartbeats < HEARTBEATS_OF_SOME_LOOKS; heartbeats++) {
                stream.nextBlock();
                assertThat(ready(container).status()).isEqualTo(503);
            }
            assertThat(container.logText().lines().filter(line -> line.contains("Publishers get 503")))
                    .hasSize(1);
            assertThat(container.logText()).doesNotContain("can be written again");

            Files.delete(ballast);
            Eventually.holds("the hub is ready again", () -> ready(container).status() == 200);
            assertThat(publish(publisher, published, LARGE).status()).isEqualTo(201);
        }
    }

    private static Answer publish(Publisher publisher, List<String> published) {
        return publish(publisher, published, 10_000);
    }

    private static Answer publish(Publisher publisher, List<String> published, int size) {
        Answer answer = publisher.post("?topic=" + TOPIC, Publisher.TEXT, "x".repeat(size));
        if (answer.status() == 201) {
            published.add(answer.json().get("id").asText());
        }
        return answer;
    }

    private static Answer ready(Container container) {
        return Site.send(container, "GET", "/health/ready");
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
