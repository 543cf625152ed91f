package dev.tidings.browser;

import static dev.tidings.browser.HomePage.assertThat;

import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.EveryContainer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A page whose network fails shows everything once all the same, by what EventSource does by itself. */
@InBrowser
@EveryContainer(
        kinds = {ContainerKind.TOMCAT_10, ContainerKind.JETTY},
        settings = "tidings.retry=200ms",
        demo = true)
class HomePageReconnectIT {

    @Test
    void everythingIsShownOnceAfterTheStreamWasCut(Container container, Tabs tabs) {
        try (CuttableProxy proxy = CuttableProxy.to(container.uri())) {
            HomePage home = HomePage.at(proxy.uri("/"), tabs).connectAs("Use alice’s token");
            home.tab().mayComplain("net::ERR_");
            publish(container, home, "1", "2");
            assertThat(home.data()).hasText(new String[] {"2", "1"});
            proxy.down();
            assertThat(home.state()).hasText("Disconnected; connecting again…");
            publish(container, home, "3", "4");
            proxy.up();
            assertThat(home.data()).hasText(new String[] {"4", "3", "2", "1"});
            assertThat(home.state()).hasText("Connected. What is sent to you appears below.");
            publish(container, home, "5");
            assertThat(home.data()).hasText(new String[] {"5", "4", "3", "2", "1"});
        }
    }

    @Test
    void whatCameBeforeTheFirstEventIsShownAfterTheStreamWasCut(Container container, Tabs tabs) {
        try (CuttableProxy proxy = CuttableProxy.to(container.uri())) {
            HomePage home = HomePage.at(proxy.uri("/"), tabs).connectAs("Use bob’s token");
            home.tab().mayComplain("net::ERR_");
            proxy.down();
            publish(container, home, "1", "2");
            proxy.up();
            assertThat(home.data()).hasText(new String[] {"2", "1"});
        }
    }

    private static void publish(Container container, HomePage home, String... texts) {
        for (String text : texts) {
            home.publish(container, Map.of("msg", text));
        }
    }
}
