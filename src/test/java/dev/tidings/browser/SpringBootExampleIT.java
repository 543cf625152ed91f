package dev.tidings.browser;

import dev.tidings.container.NpmClient;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.Example;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shop in {@code src/examples/spring-boot}, built and started by the lines of {@code docs/java.md}, does what that
 * page says. The hub and the shop each have a context path.
 */
@Tag(NpmClient.TAG)
@InBrowser
@Timeout(900)
class SpringBootExampleIT {

    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

    private static final Example EXAMPLE = Example.of("spring-boot");

    @TempDir
    private static Path logs;

    private static ContainerSpec spec;
    private static Container hub;
    private static CuttableProxy network;
    private static URI shop;

    @BeforeAll
    static void start() throws IOException {
        spec = ContainerSpec.of(ContainerKind.TOMCAT_11)
                .under("/tidings")
                .set("tidings.retry", "100ms")
                .set("tidings.log", "file:" + logs.resolve("log"));
        network = CuttableProxy.to(URI.create("http://127.0.0.1:1/tidings"));
        Files.writeString(EXAMPLE.checkout().resolve("target/key"), Tokens.SECRET + "\n");
        // A token is good for so long that each stream is told of its end after three seconds.
        String port = EXAMPLE.await(
                STARTED,
                EXAMPLE.run(
                        CodeBlock.of("docs/java.md", "An application in Spring Boot", 2)
                                .code(),
                        Map.of(
                                "HUB_URL", network.uri("").toString(),
                                "HUB_TOKEN_AGE", "33s",
                                "SERVER_PORT", "0",
                                "SERVER_SERVLET_CONTEXT_PATH", "/shop")));
        shop = URI.create("http://127.0.0.1:" + port + "/shop/");
        spec = spec.set("tidings.cors.origins", "http://127.0.0.1:" + port);
        hub = spec.start();
        network.leadTo(hub.uri());
    }

    @AfterAll
    static void stop() {
        try {
            hub.close();
        } finally {
            try {
                network.close();
            } finally {
                EXAMPLE.close();
            }
        }
    }

    @Test
    void userSeesWhatWasShippedOnceThroughRenewalsCutsAndARestart(Tabs tabs) {
        Shop alice = Shop.logIn(shop, tabs, "alice");
        Shop bob = Shop.logIn(shop, tabs, "bob");
        alice.ship(1).shipped();
        alice.assertTells(1);

        alice.awaitTokens(3);
        alice.ship(2).shipped();
        alice.assertTells(1, 2);

        network.down();
        missed(3);
        alice.ship(4);
        network.up();
        alice.shipped().assertTells(1, 2, 3, 4);

        network.down();
        missed(5);
        hub.close();
        hub = spec.start();
        network.leadTo(hub.uri());
        network.up();
        alice.live().ship(6).shipped();
        alice.assertTells(1, 2, 3, 4, 5, 6);

        bob.live().ship(7).shipped();
        bob.assertTells(7);
        alice.assertTells(1, 2, 3, 4, 5, 6);
    }

    /** Ships one in another place, while the page cannot hear of it. */
    private static void missed(int order) {
        Publisher.to(hub, Tokens.operator())
                .publish(Map.of("to", "alice", "type", "shipped", "msg", Map.of("order", order)));
    }
}
