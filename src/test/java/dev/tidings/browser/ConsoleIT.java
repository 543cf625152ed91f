package dev.tidings.browser;

import static dev.tidings.browser.Console.ALICE;
import static dev.tidings.browser.Console.BOB;
import static dev.tidings.browser.Console.OPERATOR;
import static dev.tidings.browser.Console.assertThat;
import static dev.tidings.browser.Console.unique;

import com.auth0.jwt.algorithms.Algorithm;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Tokens;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The console: what is sent with its form is seen by those it is for, as it was written. */
@InBrowser
@EveryContainer(kinds = ContainerKind.JETTY, demo = true, settings = "tidings.retry=200ms")
class ConsoleIT {

    private static final String AT_THE_END = """
            () => {
              const { scrollHeight, scrollTop, clientHeight } = document.getElementById('events');
              return scrollTop > 0 && scrollHeight - scrollTop - clientHeight < 2;
            }""";
    private static final String PUBLISH_30 = """
            () => fetch('../msg', {
              method: 'POST',
              headers: { 'Content-Type': 'application/x-ndjson' },
              body: Array.from({ length: 30 }, (_, i) => JSON.stringify({ to: 'alice', data: `line ${i + 1}` })).join('\\n'),
            })""";
    private static final String POSITION = "urn:uuid:[0-9a-f-]{36}";

    @Test
    void eventOneSendsToOneselfAppearsOnce(Container container, Tabs tabs) {
        String text = unique("hello");
        Console alice = Console.of(container, tabs, ALICE).send(text);
        assertThat(alice.sent()).hasText("Published to /users/alice.");
        assertShows(alice, text);
        assertThat(alice.page().locator("#last")).hasText(Pattern.compile(POSITION));
        assertThat(alice.page().locator("#received")).hasText("1");
    }

    @Test
    void operatorReachesAUserAndEveryone(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, ALICE);
        Console bob = Console.of(container, tabs, BOB);
        Console operator = Console.of(container, tabs, OPERATOR);
        String hers = unique("for alice");
        String all = unique("for all");
        operator.to("A user").target("alice").send(hers);
        operator.to("Everybody").send(all);
        assertThat(operator.sent()).hasText("Published to /all.");
        assertShows(alice, hers, all);
        assertShows(bob, all);
    }

    @Test
    void operatorReachesWhoFollowsATopic(Container container, Tabs tabs) {
        String topic = "/rooms/" + System.nanoTime();
        Console alice = Console.of(container, tabs, ALICE).follow("/rooms/{id}").live();
        Console operator = Console.of(container, tabs, OPERATOR).follow(topic).live();
        operator.to("A topic").target(topic).withType("said").send("hi");
        assertShows(operator, "hi");
        assertThat(alice.events().filter(new Locator.FilterOptions().setHasText(topic)))
                .containsText("said");
    }

    @Test
    void refusalIsShownWithItsReason(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, ALICE);
        alice.tab().mayComplain("status of 403");
        alice.target("bob").send("not allowed");
        assertThat(alice.sent()).containsText("no publish selector of the token matches the topic \"/users/bob\"");
    }

    @Test
    void refusedStreamSaysWhy(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, ALICE);
        alice.tab().mayComplain("status of 400");
        alice.follow("/{a}".repeat(17));
        assertThat(alice.state()).containsText("at most 16");
    }

    @Test
    void whoseTokenIsNotGoodAnyMoreIsToldSo(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, ALICE);
        alice.tab().mayComplain("status of 40");
        alice.page().context().clearCookies();
        alice.page()
                .context()
                .addCookies(List.of(new Cookie("mercureAuthorization", "x.y.z")
                        .setUrl(container.uri("/").toString())));
        alice.follow("/elsewhere");
        assertThat(alice.page().getByRole(AriaRole.MAIN))
                .containsText(Pattern.compile("(You are logged out|Your token is not good).* Log in again"));
    }

    @Test
    void markupStaysText(Container container, Tabs tabs) {
        String markup = unique("<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>");
        Console alice =
                Console.of(container, tabs, ALICE).withType("<b>bold</b>").send(markup);
        assertShows(alice, markup);
        assertThat(alice.open(alice.events().first())).containsText(markup);
        assertThat(alice.page().locator("#events img, #events script, #events b:not(.topic b)"))
                .hasCount(0);
        Assertions.assertThat(alice.page().title()).isEqualTo("Events · Tidings");
    }

    @Test
    void linesAndForeignLettersAppearAsTheyAre(Container container, Tabs tabs) {
        String text = "one\n  two\n第三行 \uD83D\uDE00 " + unique("end");
        Console alice = Console.of(container, tabs, ALICE).send(text);
        assertThat(alice.data()).hasCount(1);
        Assertions.assertThat(alice.data().textContent()).isEqualTo(text);
        Locator opened = alice.open(alice.events().first());
        Assertions.assertThat(opened.locator("pre").innerText()).isEqualTo(text);
    }

    @Test
    void eventsAreFilteredByTopicAndType(Container container, Tabs tabs) {
        Console operator = Console.of(container, tabs, OPERATOR);
        operator.target("operator").withType("progress").send("40 %");
        operator.withType("log").send("a line");
        Locator type = operator.page()
                .getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Types"))
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^progress")));
        type.click();
        assertThat(operator.events()).hasText(new Pattern[] {Pattern.compile("40 %")});
        type.click();
        assertThat(operator.events()).hasCount(2);
        operator.page().getByLabel("Search in data").fill("/nowhere");
        assertThat(operator.events()).hasCount(0);
        assertThat(operator.page().locator("#nothing")).containsText("None of 2 match");
        operator.page().getByLabel("Search in data").fill("/users/op");
        assertThat(operator.events()).hasCount(2);
        operator.page().getByLabel("Search in data").fill("A LINE");
        assertThat(operator.data()).hasText(new String[] {"a line"});
    }

    @Test
    void listFollowsTheNewestUnlessScrolledUp(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, ALICE);
        alice.page().evaluate(PUBLISH_30);
        assertThat(alice.data()).hasCount(30);
        alice.page().waitForFunction(AT_THE_END);
        alice.page().evaluate("() => { document.getElementById('events').scrollTop = 0; }");
        alice.send("another");
        assertThat(alice.data()).hasCount(31);
        Assertions.assertThat(alice.page().evaluate("() => document.getElementById('events').scrollTop"))
                .isEqualTo(0);
        alice.button("1 newer").click();
        alice.page().waitForFunction(AT_THE_END);
        assertThat(alice.page().locator("#newest")).isHidden();
    }

    @Test
    void tokenSaysWhatItMayDo(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, ALICE);
        alice.at("Tokens");
        assertThat(alice.page().locator("#own dd"))
                .hasText(new String[] {"alice", "never", "/users/alice", "/all", "/users/alice"});
    }

    @Test
    void refusedTokenIsExplained(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, ALICE);
        alice.tab().mayComplain("status of 401");
        alice.at("Tokens")
                .page()
                .getByLabel("Another token")
                .fill(Tokens.user("alice").signedWith(Algorithm.none()).jwt());
        alice.button("Inspect").click();
        assertThat(alice.page().locator("#inspection")).containsText("Refused: the token is not signed");
    }

    @Test
    void everythingIsSentWithTheKeyboard(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, ALICE);
        alice.at("Publish").page().locator("#data").focus();
        String text = unique("typed");
        alice.page().keyboard().type(text);
        alice.page().keyboard().press("Control+Enter");
        assertShows(alice, text);
    }

    @Test
    void browserWithoutEventSourceShowsEverythingAllTheSame(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, ALICE);
        alice.page().addInitScript("delete window.EventSource;");
        alice.page().reload();
        assertThat(alice.page().locator("#state")).hasText("Live");
        String text = unique("streamed");
        alice.at("Publish").page().locator("#data").fill(text);
        alice.page().locator("#data").press("Control+Enter");
        assertShows(alice, text);
        alice.page().locator("#data").fill(text + " again");
        alice.page().locator("#data").press("Control+Enter");
        assertShows(alice, text, text + " again");
    }

    private static void assertShows(Console console, String... texts) {
        assertThat(console.data()).hasText(texts);
    }
}
