package dev.tidings.browser;

import static dev.tidings.browser.Console.ALICE;
import static dev.tidings.browser.Console.BOB;
import static dev.tidings.browser.Console.assertThat;

import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.EveryContainer;
import org.junit.jupiter.api.Test;

/** A console whose network fails shows everything once all the same, over one stream. */
@InBrowser
@EveryContainer(kinds = ContainerKind.JETTY, settings = "tidings.retry=200ms", demo = true)
class ConsoleReconnectIT {

    @Test
    void everythingIsShownOnceAfterTheStreamWasCut(Container container, Tabs tabs) {
        try (CuttableProxy proxy = CuttableProxy.to(container.uri())) {
            Console alice = Console.in(tabs.open(proxy.uri("/login")), ALICE);
            alice.tab().mayComplain("net::ERR_");
            Console elsewhere = Console.of(container, tabs, ALICE);
            elsewhere.send("1").send("2");
            assertThat(alice.data()).hasText(new String[] {"1", "2"});
            proxy.down();
            assertThat(alice.state()).hasText("Connecting");
            elsewhere.send("3").send("4");
            proxy.up();
            assertThat(alice.data()).hasText(new String[] {"1", "2", "3", "4"});
            alice.live();
            elsewhere.send("5");
            assertThat(alice.data()).hasText(new String[] {"1", "2", "3", "4", "5"});
        }
    }

    @Test
    void whatCameBeforeTheFirstEventIsShownAfterTheStreamWasCut(Container container, Tabs tabs) {
        try (CuttableProxy proxy = CuttableProxy.to(container.uri())) {
            Console bob = Console.in(tabs.open(proxy.uri("/login")), BOB);
            bob.tab().mayComplain("net::ERR_");
            Console elsewhere = Console.of(container, tabs, BOB);
            proxy.down();
            elsewhere.send("1").send("2");
            proxy.up();
            assertThat(bob.data()).hasText(new String[] {"1", "2"});
        }
    }
}
