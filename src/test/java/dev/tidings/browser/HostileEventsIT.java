package dev.tidings.browser;

import static dev.tidings.browser.Console.ALICE;
import static dev.tidings.browser.Console.OPERATOR;
import static dev.tidings.browser.Console.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever is published, and whatever an address asks for: the console stays whole, and shows what it is. */
@InBrowser
@EveryContainer(kinds = ContainerKind.JETTY, demo = true)
class HostileEventsIT {

    private static final String TOO_WIDE = "() => document.getElementById('main').scrollWidth - innerWidth";

    /** How deep: JSON.stringify gives up, and lines that are indented so far would have 160 MB. */
    private static final int DEEP = 9_000;

    @Test
    void longestTypeLeavesThePageAsWideAsItIs(Container container, Tabs tabs) {
        Console alice =
                Console.of(container, tabs, ALICE).withType("T".repeat(255)).send("long");
        Assertions.assertThat((int) alice.page().evaluate(TOO_WIDE)).isLessThanOrEqualTo(0);
        alice.withType("a\u202eb").send("turned");
        assertThat(alice.page().locator("#types")).containsText("a⟨U+202E⟩b");
    }

    @Test
    void dataThatIsNestedDeepOpens(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, ALICE).send("[".repeat(DEEP) + "]".repeat(DEEP));
        assertThat(alice.open(alice.events().first())).isVisible();
    }

    @Test
    void numbersAreShownAsTheyCame(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, ALICE).send("{\"id\":12345678901234567890}");
        assertThat(alice.open(alice.events().first())).containsText("\"id\": 12345678901234567890");
    }

    @Test
    void manyTopicsAreNoLongList(Container container, Tabs tabs) {
        Console operator = Console.of(container, tabs, OPERATOR).follow("/many/{x}");
        String topics =
                IntStream.range(0, 900).mapToObj(i -> "\"/many/" + i + "\"").collect(Collectors.joining(","));
        operator.at("Publish").page().getByLabel("Many lines (NDJSON)").check();
        operator.send("{\"topic\":[" + topics + "],\"msg\":\"many\"}");
        Locator opened = operator.open(operator.events().first());
        assertThat(opened).containsText("and 880 more");
        assertThat(opened.locator(".topic")).hasCount(20);
    }

    @Test
    void whatWasSentAndIsRememberedInPartIsNotSentAgain(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, ALICE).send("z".repeat(5000));
        Locator sent = alice.at("Publish").page().locator("#sent-list");
        assertThat(sent).containsText("too long to repeat");
        assertThat(sent.locator("button")).hasCount(0);
    }

    @Test
    void addressesThatNameWhatEveryObjectHasAskForNothing(Container container, Tabs tabs) {
        Console operator = Console.of(container, tabs, OPERATOR);
        operator.page()
                .navigate(container
                        .uri("/console/clients?state=__proto__&sort=__proto__")
                        .toString());
        assertThat(operator.clients()).not().hasCount(0);
        operator.page().navigate(container.uri("/console/topics?sort=__proto__").toString());
        assertThat(operator.page().locator("#topics-fact")).containsText("active");
    }

    @Test
    void openedClientIsInView(Container container, Tabs tabs) {
        Console operator = Console.of(container, tabs, OPERATOR).at("Clients");
        operator.page().setViewportSize(1280, 900);
        operator.clients().first().locator(".act > button").click();
        assertThat(operator.page().locator("#rows tr.more dt").first()).isInViewport();
        String tooWide = "() => { const { scrollWidth, clientWidth } = document.getElementById('clients-scroll');"
                + " return scrollWidth - clientWidth; }";
        Assertions.assertThat((int) operator.page().evaluate(tooWide)).isEqualTo(0);
    }

    @Test
    void whoHasToLogInComesBackToThePage(Container container, Tabs tabs) {
        String query = "?topic=" + Streams.encode("/orders/{id}") + "&last=50";
        Tab tab = tabs.open(container.uri("/console/events" + query));
        Page page = tab.page();
        assertThat(page.locator("#state")).hasText("Logged out");
        page.locator("#outside a").click();
        Console alice = Console.in(tab, ALICE);
        assertThat(alice.page().locator("#topics .chip")).hasText(new String[] {"/orders/{id}"});
        Assertions.assertThat(alice.page().evaluate("() => sessionStorage.length"))
                .isEqualTo(0);
    }

    @Test
    void narrowScreenShowsWhichPageItIs(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, ALICE);
        alice.page().setViewportSize(360, 844);
        alice.page().navigate(container.uri("/console/tokens").toString());
        assertThat(alice.page().locator(".rail nav [aria-current]")).isInViewport();
    }
}
