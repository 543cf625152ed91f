package dev.tidings.browser;

import static dev.tidings.browser.Console.ALICE;
import static dev.tidings.browser.Console.BOB;
import static dev.tidings.browser.Console.OPERATOR;
import static dev.tidings.browser.Console.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * The table of clients follows the registry. The hub is of no other class, so that these tests know who is here, as soon
 * as the heartbeats have found that whoever was here before them has left.
 */
@InBrowser
@EveryContainer(
        kinds = ContainerKind.JETTY,
        demo = true,
        settings = {"tidings.heartbeat=200ms", "tidings.retry=500ms", "tidings.node=node-1"})
class ConsoleClientsIT {

    /** What a stream with {@code frame=json} has when a client was on a node that is gone. */
    private static final String LOST = """
            :
            id: 1

            id: 2
            data: {"id":"2","topics":["/clients/1"],"type":"client.disconnected",\
            "data":"{\\"id\\":\\"1\\",\\"node\\":\\"node-2\\",\\"reason\\":\\"lost\\"}"}

            """;

    @Test
    void clientsComeAndGoInTheTable(Container container, Tabs tabs) {
        Console operator = console(container, tabs, OPERATOR).at("Clients");
        assertThat(of(operator, "operator")).hasCount(1);
        Console alice = console(container, tabs, ALICE);
        assertThat(of(operator, "alice")).hasCount(1);
        assertThat(of(operator, "alice").locator("[data-label=Topics]")).hasText("/users/alice /all");
        assertThat(of(operator, "alice").locator("[data-label=Node]")).hasText("node-1");
        alice.page().navigate("about:blank");
        assertThat(of(operator, "alice")).hasCount(0);
        assertThat(operator.page().locator("#count")).hasText("1");
        assertThat(operator.page().locator("#fact")).hasText("1 stream, 1 user");
    }

    @Test
    void disconnectedClientReconnectsAndMissesNothing(Container container, Tabs tabs) {
        Console alice = console(container, tabs, ALICE).send("before");
        Console operator = console(container, tabs, OPERATOR).at("Clients");
        disconnectButton(of(operator, "alice")).click();
        assertThat(operator.page().locator("#clients-state"))
                .hasText("Disconnected alice; its browser will reconnect.");
        operator.to("A user").target("alice").send("meanwhile");
        assertThat(alice.page().locator("#reconnects")).hasText("1");
        alice.live();
        assertThat(alice.data()).hasText(new String[] {"before", "meanwhile"});
        operator.at("Clients");
        assertThat(of(operator, "alice")).hasCount(1);
    }

    @Test
    void rowOpensWithWhatANarrowTableLeavesOutAndHasAnAddress(Container container, Tabs tabs) {
        console(container, tabs, ALICE);
        Console operator = console(container, tabs, OPERATOR).at("Clients");
        operator.page().setViewportSize(390, 844);
        Locator more = of(operator, "alice")
                .first()
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^More about")));
        more.click();
        Locator opened = operator.page().locator("#rows tr.more");
        assertThat(opened).containsText("sse, node-1");
        assertThat(opened.getByRole(AriaRole.BUTTON))
                .containsText(
                        new String[] {"Why?", "Its events in Events", "Disconnect this stream", "End all streams"});
        operator.page().waitForURL(Pattern.compile("open=urn"));
        operator.page().reload();
        assertThat(opened).containsText("/users/alice/all");
        more.click();
        assertThat(opened).hasCount(0);
        operator.page().navigate(container.uri("/console/clients?node=nowhere").toString());
        assertThat(operator.clients()).hasCount(0);
        assertThat(operator.page().locator("#clients-fact")).containsText(Pattern.compile("^None of \\d+ match"));
        operator.button("on nowhere").click();
        assertThat(of(operator, "alice")).hasCount(1);
    }

    @Test
    void tokensOfSomebodyWithoutAStreamAreRevoked(Container container, Tabs tabs) {
        Console operator = console(container, tabs, OPERATOR).at("Clients");
        operator.page().getByLabel("User, topic, address or id").fill("zoe");
        operator.button("Revoke…").click();
        operator.button("Revoke the tokens of zoe").click();
        assertThat(operator.page().locator(".toast")).containsText("Tokens of zoe revoked");
    }

    @Test
    void whyAUserGotAnEventIsAnswered(Container container, Tabs tabs) {
        console(container, tabs, ALICE);
        Console operator = console(container, tabs, OPERATOR).at("Clients");
        operator.to("Everybody").send("for all");
        why(operator.open(event(operator, "for all"))).click();
        why(of(operator.at("Clients"), "alice")).click();
        Locator answer = operator.page().locator("#explain-streams li");
        assertThat(operator.page().locator("#explain-summary")).hasText("The event is public and about /all.");
        assertThat(answer).containsText(new String[] {"deliveredThe stream was given the event."});
        operator.to("A topic").target("/<i>elsewhere</i>").send("not for her");
        operator.follow("*").live();
        operator.to("A topic").target("/<i>elsewhere</i>").send("nor this");
        why(operator.open(event(operator, "nor this"))).click();
        assertThat(answer).containsText(new String[] {"not asked for"});
        assertThat(answer).containsText(new String[] {"the event is about /<i>elsewhere</i>."});
        operator.page()
                .getByLabel("Who", new Page.GetByLabelOptions().setExact(true))
                .fill("carol");
        operator.button("Explain").click();
        assertThat(operator.page().locator("#explain-summary")).containsText("The user has no open stream.");
        operator.tab().mayComplain("status of 404 .*/hub/explain.*");
        operator.page().getByLabel("Which event id").fill("unknown");
        operator.button("Explain").click();
        assertThat(operator.page().locator("#explain-summary")).containsText("No event that is stored has this id");
    }

    /** Feeds may be among the events, too. */
    private static Locator event(Console console, String data) {
        return console.events().filter(new Locator.FilterOptions().setHasText(data));
    }

    @Test
    void whoIsNoOperatorIsNotOfferedToAskWhy(Container container, Tabs tabs) {
        Console alice = console(container, tabs, ALICE).send("hello");
        assertThat(alice.data()).hasText("hello");
        assertThat(alice.open(alice.events().first())).isVisible();
        assertThat(why(alice.page().locator("body"))).hasCount(0);
        assertThat(alice.page().locator("#explain-panel")).isHidden();
    }

    private static Locator why(Locator place) {
        return place.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^Why did")));
    }

    private static Locator disconnectButton(Locator row) {
        return row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^Disconnect")));
    }

    /** Found when the table was made anew every five seconds, and focus and selection were lost with it. */
    @Test
    void refreshDisturbsNobody(Container container, Tabs tabs) {
        Console alice = console(container, tabs, ALICE);
        Console operator = console(container, tabs, OPERATOR).at("Clients");
        Locator button = disconnectButton(of(operator, "alice"));
        button.focus();
        alice.send("hello");
        assertThat(of(operator, "alice").locator("[data-label=Delivered]")).hasText("1");
        assertThat(button).isFocused();
    }

    /** Disconnect does not ask before. */
    @Test
    void lettersGoFromRowToRowAndNotToWhatEndsStreams(Container container, Tabs tabs) {
        console(container, tabs, ALICE);
        Console operator = console(container, tabs, OPERATOR).at("Clients");
        assertThat(of(operator, "alice")).hasCount(1);
        Locator focused = operator.page().locator("#rows .act > button:focus");
        for (int rows = 0; rows < 2; rows++) {
            operator.page().keyboard().press("j");
            assertThat(focused).hasCount(1);
        }
        operator.page().keyboard().press("Enter");
        assertThat(operator.page().locator("#rows tr.more")).hasCount(1);
    }

    @Test
    void whoseKeyboardIsInARowThatGoesStaysInTheTable(Container container, Tabs tabs) {
        Console alice = console(container, tabs, ALICE);
        Console operator = console(container, tabs, OPERATOR).at("Clients");
        of(operator, "alice").locator(".act > button").click();
        Locator opened = operator.page().locator("#rows tr.more");
        opened.getByRole(AriaRole.BUTTON).first().focus();
        alice.page().navigate("about:blank");
        assertThat(opened).hasCount(0);
        assertThat(operator.page().locator("#clients-scroll")).isFocused();
    }

    /** Another node would say it, and this hub has none. */
    @Test
    void nodeThatIsGoneIsNamed(Container container, Tabs tabs) {
        Console operator = console(container, tabs, OPERATOR).at("Clients");
        operator.page()
                .route(
                        Pattern.compile("/events\\?"),
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setContentType("text/event-stream")
                                .setBody(LOST)));
        operator.page().reload();
        assertThat(operator.page().locator("#clients-state"))
                .hasText("The node node-2 is gone, and its clients with it.");
    }

    @Test
    void markupInWhatAClientAsksForStaysText(Container container, Tabs tabs) {
        Console alice = console(container, tabs, ALICE)
                .follow("/<img/src=x/onerror=document.title='owned'>")
                .live();
        Console operator = console(container, tabs, OPERATOR).at("Clients");
        assertThat(of(operator, "alice")).containsText("<img/src=x/onerror");
        assertThat(operator.clients().locator("img")).hasCount(0);
        Assertions.assertThat(operator.page().title()).isEqualTo("Clients · Tidings");
        Assertions.assertThat(alice.page().title()).isEqualTo("Events · Tidings");
    }

    @Test
    void whoIsNoOperatorIsToldSo(Container container, Tabs tabs) {
        Console bob = console(container, tabs, BOB);
        bob.at("Clients");
        assertThat(bob.page().getByRole(AriaRole.MAIN)).containsText("Not with this token");
        assertThat(bob.page().getByRole(AriaRole.MAIN)).containsText("This page needs to read /clients");
        assertThat(bob.clients()).hasCount(0);
    }

    /** A console that may see its hub go. */
    private static Console console(Container container, Tabs tabs, String button) {
        Console console = Console.of(container, tabs, button);
        console.tab().mayComplain("net::ERR_");
        return console;
    }

    private static Locator of(Console console, String user) {
        return console.clients().filter(new Locator.FilterOptions().setHasText(user));
    }
}
