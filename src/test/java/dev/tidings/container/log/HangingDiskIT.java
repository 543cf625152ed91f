package dev.tidings.container.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Site;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Rounds;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A disk that does not answer: a small file system of its own, frozen, so that writing to it takes until it is thawed. More
 * publishers than the container has threads are answered, everything else goes on, and nothing is lost or there twice.
 * Needs the right to mount, and says so where it has not.
 */
class HangingDiskIT {

    private static final String TOPIC = "/hanging";
    private static final int PUBLISHERS = 260;

    @TempDir
    Path folder;

    private Path disk;

    /** The log is the hub's own, wherever it runs. */
    static List<ContainerKind> kinds() {
        return Rounds.of(List.of(ContainerKind.JETTY), List.of(ContainerKind.TOMCAT_11, ContainerKind.JETTY));
    }

    @BeforeEach
    void mount() throws Exception {
        Path image = Files.write(folder.resolve("image"), new byte[32 << 20]);
        disk = Files.createDirectory(folder.resolve("disk"));
        boolean mounted = run("mkfs.ext4", "-q", "-F", image.toString()) == 0
                && run("mount", "-o", "loop", image.toString(), disk.toString()) == 0;
        Assumptions.assumeTrue(
                mounted, "HangingDiskIT is skipped: it may not mount a file system; run it as root to have it");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void hubAnswersEverybodyAndGoesOnWhenTheDiskDoes(ContainerKind kind) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS);
        try (Container container = ContainerSpec.of(kind)
                        .set("tidings.log", "file:" + disk.resolve("log"))
                        .set("tidings.log.timeout", "2s")
                        .set("tidings.heartbeat", "200ms")
                        .start();
                StreamRecorder stream = open(container)) {
            var published = new ArrayList<String>();
            published.add(id(publish(container, "before", "before")));
            assertThat(stream.next().data()).isEqualTo("before");
            assertThat(run("fsfreeze", "-f", disk.toString())).isZero();
            try {
                assertHangingDiskHoldsNobody(container, threads);
            } finally {
                // Before anything else: no process that waits for this disk can end.
                run("fsfreeze", "-u", disk.toString());
            }
            Eventually.holds("the hub is ready again", () -> ready(container));
            for (int n = 0; n < PUBLISHERS; n++) {
                published.add(id(publish(container, "k" + n, "" + n)));
            }
            List<String> heard =
                    stream.next(PUBLISHERS).stream().map(block -> block.id()).toList();
            assertThat(Stream.concat(Stream.of(published.get(0)), heard.stream()))
                    .containsExactlyInAnyOrderElementsOf(published);
        } finally {
            threads.shutdown();
        }
    }

    private static void assertHangingDiskHoldsNobody(Container container, ExecutorService threads) {
        List<CompletableFuture<Answer>> answers = IntStream.range(0, PUBLISHERS)
                .mapToObj(n -> CompletableFuture.supplyAsync(() -> publish(container, "k" + n, "" + n), threads))
                .toList();
        Eventually.passes(() -> {
            Answer ready = Site.send(container, "GET", "/health/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.body()).containsPattern("the disk has not answered for \\d+ s: it hangs at a write");
        });
        assertThat(Site.send(container, "GET", "/health").status()).isEqualTo(200);
        assertThat(answers).allSatisfy(answer -> {
            assertThat(Eventually.value(answer).status()).isEqualTo(503);
            assertThat(Eventually.value(answer).header("Retry-After")).isNotEmpty();
        });
        try (StreamRecorder another = open(container)) {
            assertThat(another.status()).isEqualTo(200);
        }
    }

    private static StreamRecorder open(Container container) {
        return container.stream("/events?topic=" + TOPIC)
                .with(Tokens.operator())
                .open();
    }

    private static boolean ready(Container container) {
        return Site.send(container, "GET", "/health/ready").status() == 200;
    }

    private static Answer publish(Container container, String key, String data) {
        return Site.post(
                container,
                "/msg",
                "topic=" + TOPIC + "&msg=" + data,
                "Authorization: " + Tokens.operator().bearer() + "|Idempotency-Key: " + key);
    }

    private static String id(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().get("id").asText();
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException notInstalled) {
            return 127;
        }
    }
}
