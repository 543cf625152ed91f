package dev.tidings.browser;

import static dev.tidings.browser.Console.assertThat;

import com.microsoft.playwright.Page;
import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Tokens;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** More tabs of the hub's own pages than a browser opens connections to a host over HTTP/1.1: they share one stream. */
@InBrowser
@EveryContainer(kinds = ContainerKind.JETTY, settings = "tidings.retry=200ms")
class ConsoleTabsIT {

    private static final int TABS = 7;

    private final String user = Fresh.user();
    private final String topic = Fresh.topic();

    @Test
    void sevenTabsShareOneStreamAndAnswerAllTheSame(Container container, Tabs tabs) {
        Console alice = logIn(container.uri("/login"), tabs);
        List<Page> pages = open(alice, container);
        Publisher.to(container).publish(topic + "/all", "to all");
        pages.forEach(page -> assertThat(page.locator("#events .data")).hasText(new String[] {"to all"}));
        Publisher.to(container).publish(topic + "/3", "to one");
        assertThat(pages.get(3).locator("#events .data")).hasText(new String[] {"to all", "to one"});
        Eventually.passes(
                () -> Assertions.assertThat(Clients.of(container, user)).hasSize(1));
        Page last = pages.get(TABS - 1);
        last.navigate(container.uri("/console/publish").toString());
        last.locator("#data").fill("from a tab");
        Console.button(last, "Publish").click();
        assertThat(last.locator("#sent")).containsText("Published");
        Assertions.assertThat(pages.get(1).locator("#events .data").allInnerTexts())
                .containsExactly("to all");
    }

    @Test
    void otherTabsGoOnWhenTheOneThatReadsIsClosed(Container container, Tabs tabs) {
        Console alice = logIn(container.uri("/login"), tabs);
        List<Page> pages = open(alice, container);
        Publisher publisher = Publisher.to(container);
        for (int closed = 0; closed < TABS - 1; closed++) {
            publisher.publish(topic + "/all", "before " + closed);
            pages.get(closed).close();
            publisher.publish(topic + "/all", "after " + closed);
        }
        Page left = pages.get(TABS - 1);
        List<String> expected = new ArrayList<>();
        for (int closed = 0; closed < TABS - 1; closed++) {
            expected.add("before " + closed);
            expected.add("after " + closed);
        }
        assertThat(left.locator("#events .data")).hasText(expected.toArray(String[]::new));
        assertThat(left.locator("#state")).hasText("Live");
    }

    @Test
    void whoTriesAtOnceHasOneStream(Container container, Tabs tabs) {
        try (CuttableProxy proxy = CuttableProxy.to(container.uri())) {
            Console alice = logIn(proxy.uri("/login"), tabs).follow(topic).live();
            alice.tab().mayComplain("net::ERR_");
            proxy.down();
            assertThat(alice.page().locator("#away")).containsText("The hub is away since");
            proxy.up();
            alice.button("Try now").evaluate("(button) => { button.click(); button.click(); button.click(); }");
            alice.live();
            assertThat(alice.page().locator("#away")).isHidden();
            Publisher.to(container).publish(topic, "1");
            assertThat(alice.data()).hasText(new String[] {"1"});
            Eventually.passes(
                    () -> Assertions.assertThat(Clients.of(container, user)).hasSize(1));
        }
    }

    @Test
    void whoWasRefusedOneSelectorMayFollowAnother(Container container, Tabs tabs) {
        Console alice = logIn(container.uri("/login"), tabs);
        alice.tab().mayComplain("status of 400");
        alice.follow("/{a}".repeat(17));
        assertThat(alice.state()).containsText("at most 16");
        alice.follow(topic).live();
        Publisher.to(container).publish(topic, "1");
        assertThat(alice.data()).hasText(new String[] {"1"});
    }

    private Console logIn(URI login, Tabs tabs) {
        Tokens token = Tokens.grant(user, List.of("/users/" + user), List.of("/users/" + user));
        return Console.with(login, tabs, token.jwt());
    }

    /** Each tab follows a topic of its own and one that all follow. */
    private List<Page> open(Console console, Container container) {
        var pages = new ArrayList<Page>();
        while (pages.size() < TABS - 1) {
            pages.add(console.page().context().newPage());
        }
        pages.add(console.page());
        for (int i = 0; i < TABS; i++) {
            String query = "?topic=" + Streams.encode(topic + "/all") + "&topic=" + Streams.encode(topic + "/" + i);
            pages.get(i).navigate(container.uri("/console/events" + query).toString());
        }
        pages.forEach(page -> assertThat(page.locator("#state")).hasText("Live"));
        return pages;
    }
}
