package dev.tidings.browser;

import dev.tidings.container.NpmClient;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
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
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A shop of {@code src/examples}, built and started by the lines of {@code docs/java.md}, does what that page says under
 * "An application". Each class below this one is one way to start one.
 */
@Tag(NpmClient.TAG)
@InBrowser
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ShopJourney {

    private static final String DOCUMENT = "docs/java.md";
    private static final Pattern KEY = Pattern.compile("(?m)^file:(.+)$");

    /** A token is good for so long that each stream is told of its end after three seconds. */
    private static final String TOKEN_AGE = "33s";

    private final String application;
    private ContainerSpec spec;

    @AutoClose
    private Example example;

    @AutoClose
    private CuttableProxy network;

    @AutoClose
    private Container hub;

    private Tokens shop;
    private URI address;

    /** That of the application of this name, with a hub like this. */
    ShopJourney(String application, ContainerSpec spec) {
        this.application = application;
        this.spec = spec;
    }

    /** Starts the shop, in an environment with the hub's address and the key, and returns the address of its page. */
    abstract URI startShop(Example example, Map<String, String> environment);

    /** Lines of the document below "An application". */
    static CodeBlock lines(String heading) {
        return CodeBlock.of(DOCUMENT, heading);
    }

    @BeforeAll
    void start(@TempDir Path logs) throws IOException {
        example = Example.of(application);
        network = CuttableProxy.to(URI.create("http://127.0.0.1:1" + spec.contextPath()));
        // Of the lines that start a hub, those that make its key.
        String hubLines = lines("An application")
                .with("mvn jetty:run -Dtidings.demo=false", "printenv TIDINGS_JWT_KEY")
                .code();
        Path key = example.checkout().resolve(example.await(KEY, example.run(hubLines, Map.of())));
        address = startShop(example, Map.of("HUB_URL", network.uri("").toString(), "HUB_TOKEN_AGE", TOKEN_AGE));
        shop = Tokens.operator().signedWith(Tokens.hmac256(Files.readString(key).strip()));
        spec = spec.set("tidings.jwt.key", "file:" + key)
                .set("tidings.cors.origins", address.resolve("/").toString().replaceFirst("/$", ""))
                .set("tidings.retry", "100ms")
                .set("tidings.log", "file:" + logs.resolve("log"));
        hub = spec.start();
        network.leadTo(hub.uri());
    }

    @Test
    void userSeesWhatWasShippedOnceThroughRenewalsCutsAndARestart(Tabs tabs) {
        Shop alice = Shop.logIn(address, tabs, "alice");
        Shop bob = Shop.logIn(address, tabs, "bob");
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

    @Test
    void userWhoseSessionHasEndedLogsInAgain(Tabs tabs) {
        Shop bob = Shop.logIn(address, tabs, "bob");
        bob.assertOnlyOwnPagesUseTheSession();
        bob.endSession().pressShip(8).loggedOut();
        bob.logIn("bob");
        // The page asks for its next token.
        bob.endSession().loggedOut();
        bob.logIn("bob");
    }

    /** Ships one in another place, while the page cannot hear of it. */
    private void missed(int order) {
        Publisher.to(hub, shop).publish(Map.of("to", "alice", "type", "shipped", "msg", Map.of("order", order)));
    }
}
