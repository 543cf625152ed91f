package dev.tidings.browser;

import static dev.tidings.browser.Console.ALICE;
import static dev.tidings.browser.Console.BOB;
import static dev.tidings.browser.Console.OPERATOR;
import static dev.tidings.browser.Console.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * The pages of the console: one document, one stream, and an address for all that they show. Over 300 lines, since they
 * share one document, and each fact needs the same hub.
 */
@InBrowser
@EveryContainer(kinds = ContainerKind.JETTY, demo = true, settings = "tidings.retry=200ms")
class ConsolePagesIT {

    private static final List<String> PAGES = List.of("Events", "Topics", "Clients", "Publish", "Tokens", "Overview");

    /** Counts the streams that a page opens. */
    private static final String COUNTING = """
            window.streams = 0;
            const fetched = window.fetch.bind(window);
            window.fetch = (address, ...options) => {
              window.streams += new URL(address).pathname === '/events' ? 1 : 0;
              return fetched(address, ...options);
            };
            """;

    private static final String PLACE = "() => document.getElementById('events').scrollTop";

    private final String topic = "/pages/" + System.nanoTime();

    @Test
    void operatorsBeginWithTheOverviewAndOthersWithTheirEvents(Container container, Tabs tabs) {
        Console operator = Console.of(container, tabs, OPERATOR);
        assertThat(title(operator)).hasText("Overview");
        Console alice = Console.of(container, tabs, ALICE);
        assertThat(title(alice)).hasText("Events");
    }

    @Test
    void streamLivesOnFromPageToPageAndBackGoesBack(Container container, Tabs tabs) {
        Tab tab = tabs.open(container.uri("/login"));
        tab.page().addInitScript(COUNTING);
        Console operator = Console.in(tab, OPERATOR);
        for (String page : PAGES) {
            operator.at(page);
            Assertions.assertThat(operator.page().title()).isEqualTo(page + " · Tidings");
        }
        operator.page().goBack();
        assertThat(title(operator)).hasText("Tokens");
        operator.page().goBack();
        assertThat(title(operator)).hasText("Publish");
        Assertions.assertThat(operator.page().evaluate("() => window.streams")).isEqualTo(1);
        operator.page().reload();
        operator.live();
        assertThat(title(operator)).hasText("Publish");
    }

    @Test
    void addressKeepsWhatIsFollowedFromWhereAndWhatIsShownOfIt(Container container, Tabs tabs) {
        Console operator = Console.of(container, tabs, OPERATOR);
        operator.to("A topic").target(topic + "/1").withType("").send("one");
        operator.to("A topic").target(topic + "/2").withType("said").send("two");
        operator.to("A topic").target(topic + "/3").send("three");
        String query = "?topic=" + Streams.encode(topic + "/{x}") + "&last=2";
        operator.page().navigate(container.uri("/console/events" + query).toString());
        assertThat(operator.data()).hasText(new String[] {"two", "three"});
        operator.page().getByLabel("Search in data").fill("thr");
        assertThat(operator.data()).hasText(new String[] {"three"});
        operator.page().waitForURL(Pattern.compile("last=2.*q=thr"));
        operator.open(operator.events().first());
        operator.page().reload();
        assertThat(operator.data()).hasText(new String[] {"three"});
        assertThat(operator.page().locator(".opened")).containsText(topic + "/3");
        operator.page()
                .locator(".opened")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Why did a user get"))
                .click();
        operator.page().locator("#explain-user").fill("nobody-here");
        operator.button("Explain").click();
        assertThat(operator.page().locator("#explain-summary")).containsText("has no open stream");
        operator.page().waitForURL(Pattern.compile("why=nobody-here"));
        operator.page().reload();
        assertThat(operator.page().locator("#explain-summary")).containsText("has no open stream");
        operator.page().keyboard().press("Escape");
        assertThat(operator.page().locator("#explain-panel")).isHidden();
        operator.page().locator("#from").selectOption("after=earliest");
        operator.page().getByLabel("Search in data").fill("");
        assertThat(operator.data()).hasText(new String[] {"one", "two", "three"});
        operator.page().goBack();
        assertThat(operator.data()).hasText(new String[] {"three"});
    }

    @Test
    void pausedListStandsStillUntilItGoesOn(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, ALICE).send("before");
        alice.button("Pause").click();
        assertThat(alice.state()).hasText("Paused");
        alice.send("meanwhile");
        assertThat(alice.button("1 newer")).isVisible();
        assertThat(alice.data()).hasText(new String[] {"before"});
        alice.button("Resume").click();
        assertThat(alice.data()).hasText(new String[] {"before", "meanwhile"});
        alice.live();
        alice.button("Clear").click();
        assertThat(alice.events()).hasCount(0);
        assertThat(alice.page().locator("#nothing")).containsText("Nothing yet");
    }

    @Test
    void readerIsWhereTheyWereAfterAnotherPage(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, ALICE);
        for (int i = 1; i <= 30; i++) {
            alice.page().request().post(container.uri("/msg").toString(), form("line " + i, container));
        }
        assertThat(alice.data()).hasCount(30);
        alice.page().evaluate("() => { document.getElementById('events').scrollTop = 90; }");
        assertThat(alice.page().locator("#following")).hasText("");
        alice.at("Tokens").at("Events");
        Assertions.assertThat(alice.page().evaluate(PLACE)).isEqualTo(90);
        alice.page().getByLabel("Search in data").fill("line");
        alice.page().waitForURL(Pattern.compile("q=line"));
        assertThat(alice.page().locator("#following")).hasText("Following the newest");
        alice.page().evaluate("() => { document.getElementById('events').scrollTop = 90; }");
        assertThat(alice.page().locator("#following")).hasText("");
        alice.at("Tokens");
        alice.page().goBack();
        assertThat(title(alice)).hasText("Events");
        Assertions.assertThat(alice.page().evaluate(PLACE)).isEqualTo(90);
    }

    private static RequestOptions form(String text, Container container) {
        return RequestOptions.create()
                .setHeader("Origin", container.uri("/").toString().replaceAll("/$", ""))
                .setForm(FormData.create().set("msg", text));
    }

    @Test
    void overviewShowsWhatTheNodeSaysOfItself(Container container, Tabs tabs) {
        Console operator = Console.of(container, tabs, OPERATOR).send("counted").at("Overview");
        Locator node = operator.page().locator("#nodes tr");
        assertThat(node).containsText("here");
        assertThat(node).containsText("Ready");
        assertThat(node.getByRole(AriaRole.BUTTON)).hasText("Drain");
        assertThat(operator.page().locator("[data-chart=streams] .value")).hasText(Pattern.compile("[1-9][0-9]*"));
        assertThat(operator.page().locator("[data-chart=streams] path.sum")).hasAttribute("d", Pattern.compile("^M.*"));
        assertThat(operator.page().locator("[data-chart=latency] .value")).hasText(Pattern.compile("[0-9.]+ ms"));
        assertThat(operator.page().locator("#history")).hasText(Pattern.compile("History [1-9].* events.*"));
        operator.button("5 min").click();
        operator.page().waitForURL(Pattern.compile("\\?range=5m$"));
    }

    @Test
    void figuresThatAnybodyElsePublishesAreEventsLikeOthers(Container container, Tabs tabs) {
        Console operator = Console.of(container, tabs, OPERATOR).to("Everybody").withType("node.figures");
        operator.send("no JSON").send("{\"node\":\"forged\"}");
        assertThat(operator.data()).hasText(new String[] {"no JSON", "{\"node\":\"forged\"}"});
        operator.at("Overview");
        assertThat(operator.page().locator("#nodes tr").filter(having("forged")))
                .hasCount(0);
    }

    @Test
    void topicsAreListedWithTheirStreamsAndLeadToTheirEvents(Container container, Tabs tabs) {
        Console operator = Console.of(container, tabs, OPERATOR);
        operator.to("A topic").target(topic).send("hello");
        operator.follow(topic).live().at("Topics");
        Locator row = operator.page().locator("#topic-rows tr").filter(having(topic));
        assertThat(row.locator("td").nth(3)).hasText("1");
        assertThat(row.locator("td").nth(5)).hasText("1");
        operator.button("By selector").click();
        assertThat(row.locator("td").nth(4)).hasText("exact");
        row.getByRole(AriaRole.LINK).click();
        assertThat(title(operator)).hasText("Events");
        assertThat(operator.data()).hasText(new String[] {"hello"});
    }

    @Test
    void pageThatATokenDoesNotAllowNamesTheGrant(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, ALICE);
        for (String page : List.of("Overview", "Topics", "Clients")) {
            alice.at(page);
            assertThat(alice.page().locator("#refused"))
                    .containsText(Pattern.compile("needs to read /(hub/nodes|hub/topics|clients)\\."));
            assertThat(alice.page().locator("#refused")).containsText("alice may read /users/alice and /all");
        }
        alice.at("Publish");
        assertThat(alice.page().locator("#refused")).isHidden();
    }

    @Test
    void whatTheHubSaysOfItselfIsShownWhenItIsSwitchedOn(Container container, Tabs tabs) {
        Console operator = Console.of(container, tabs, OPERATOR).at("Events");
        assertThat(operator.events()).hasCount(0);
        operator.page().getByLabel("Hub traffic").check();
        assertThat(operator.events().filter(having("node.figures"))).not().hasCount(0);
        operator.page().waitForURL(Pattern.compile("\\?hub=1$"));
        operator.page().getByLabel("Hub traffic").uncheck();
        operator.button("Clear").click();
        operator.send("mine");
        assertThat(operator.data()).hasText(new String[] {"mine"});
    }

    @Test
    void lettersThatTurnTheTextAroundAreShown(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, ALICE).send("price is \u202e001\u0007");
        assertThat(alice.data()).hasText("price is ⟨U+202E⟩001⟨U+0007⟩");
    }

    @Test
    void eventThatIsForAUserAmongOthersIsPrivate(Container container, Tabs tabs) {
        Console operator = Console.of(container, tabs, OPERATOR)
                .follow(topic, "/users/alice")
                .at("Publish");
        operator.page().getByLabel("Many lines (NDJSON)").check();
        operator.send("{\"topic\":\"" + topic + "\",\"msg\":\"for all\"}\n{\"topic\":[\"" + topic
                + "\",\"/users/alice\"],\"msg\":\"for alice\"}");
        assertThat(operator.data()).hasText(new String[] {"for all", "for alice"});
        assertThat(operator.events().locator("svg.lock")).hasCount(1);
        operator.button("Private").click();
        assertThat(operator.data()).hasText(new String[] {"for alice"});
    }

    @Test
    void whatWasSentIsSentAgainAndShownAsCode(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, ALICE).withType("said").send("it's me");
        alice.at("Publish");
        Locator code = alice.page().locator("#code");
        assertThat(code).containsText("curl " + container.uri("/msg") + " -H \"Authorization: Bearer $TOKEN\"");
        assertThat(code).containsText("--data-urlencode 'to=alice'");
        assertThat(code).containsText("--data-urlencode 'msg=it'\"'\"'s me'");
        alice.page().locator("#data").fill("it's \u001b[2J");
        assertThat(code).containsText("--data 'msg=it%27s+%1B%5B2J'");
        for (String language : List.of("Java", "JavaScript", "Python")) {
            alice.page()
                    .getByRole(
                            AriaRole.TAB,
                            new Page.GetByRoleOptions().setName(language).setExact(true))
                    .click();
            assertThat(code).containsText("Authorization");
            assertThat(code).containsText(container.uri("/msg").toString());
        }
        alice.page().locator("#data").fill("");
        alice.page().locator("#sent-list").getByRole(AriaRole.BUTTON).first().click();
        assertThat(alice.page().locator("#data")).hasValue("it's me");
        assertThat(alice.page().locator("#type")).hasValue("said");
        alice.button("Publish").click();
        assertThat(alice.data()).hasText(new String[] {"it's me", "it's me"});
        alice.button("Show in Events").click();
        assertThat(title(alice)).hasText("Events");
        assertThat(alice.page().locator(".opened")).containsText("it's me");
    }

    @Test
    void userWhoseNameHasASpaceIsOneUser(Container container, Tabs tabs) {
        Console operator = Console.of(container, tabs, OPERATOR);
        String deepLink = "/console/publish?to=" + Streams.encode("Anna Müller");
        operator.page().navigate(container.uri(deepLink).toString());
        Locator targets = operator.page().locator("#targets .chip");
        assertThat(targets).hasText(new String[] {"Anna Müller"});
        operator.send("by the link");
        assertThat(operator.sent()).hasText("Published to /users/Anna%20M%C3%BCller.");
        operator.target("Bo Ek").send("typed");
        assertThat(operator.sent()).hasText("Published to /users/Bo%20Ek.");
        operator.at("Publish");
        operator.page().locator("#sent-list").getByRole(AriaRole.BUTTON).last().click();
        assertThat(operator.page().getByLabel("Data", new Page.GetByLabelOptions().setExact(true)))
                .hasValue("by the link");
        assertThat(targets).hasText(new String[] {"Anna Müller"});
    }

    @Test
    void whatWasSentIsForgottenWithTheLogin(Container container, Tabs tabs) {
        Tab tab = tabs.open(container.uri("/login"));
        Console alice = Console.in(tab, ALICE).send("hers").at("Publish");
        assertThat(alice.page().locator("#sent-list li")).hasCount(1);
        // Another user logs in while she still is: by the cookie of another tab.
        alice.page().navigate(container.uri("/login").toString());
        Console bob = Console.in(tab, BOB).at("Publish");
        assertThat(bob.page().locator("#sent-list li")).hasCount(0);
        bob.button("Log out").click();
        bob.page().waitForURL(container.uri("/").toString());
        Assertions.assertThat(bob.page().evaluate("() => Object.keys(sessionStorage).join()"))
                .isEqualTo("");
    }

    @Test
    void manyLinesArePublishedAtOnce(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, ALICE).at("Publish");
        alice.page().getByLabel("Many lines (NDJSON)").check();
        alice.page().locator("#data").fill("{\"to\":\"alice\",\"msg\":\"1\"}\n{\"to\":\"alice\",\"msg\":\"2\"}\n");
        alice.button("Publish").click();
        assertThat(alice.sent()).hasText("Published 2 events.");
        assertThat(alice.data()).hasText(new String[] {"1", "2"});
    }

    @Test
    void singleLettersGoToPagesAndMoveInLists(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, ALICE).send("1").send("2");
        alice.page().keyboard().press("j");
        alice.page().keyboard().press("j");
        alice.page().keyboard().press("Enter");
        assertThat(alice.events().nth(1).locator(".opened")).isVisible();
        alice.page().keyboard().type("gk");
        assertThat(title(alice)).hasText("Tokens");
        alice.page().keyboard().type("ge/");
        assertThat(alice.page().getByLabel("Search in data")).isFocused();
        alice.page().keyboard().type("gp");
        assertThat(title(alice)).hasText("Events");
        assertThat(alice.page().getByLabel("Search in data")).hasValue("gp");
    }

    @Test
    void arrowsGoFromLanguageToLanguage(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, ALICE).at("Publish");
        Locator languages = alice.page().getByRole(AriaRole.TAB);
        languages.first().focus();
        alice.page().keyboard().press("ArrowLeft");
        assertThat(languages.last()).isFocused();
        assertThat(languages.last()).hasAttribute("aria-selected", "true");
        alice.page().keyboard().press("Home");
        assertThat(languages.first()).isFocused();
        // The others are not stops of the tab key.
        alice.page().keyboard().press("Tab");
        assertThat(alice.page().locator("#copy-code")).isFocused();
    }

    @Test
    void focusIsWhereItWasWhenWhyIsClosed(Container container, Tabs tabs) {
        Console operator = Console.of(container, tabs, OPERATOR).send("hello");
        Locator line = operator.events().first().locator(".line");
        line.focus();
        operator.page().keyboard().press("w");
        assertThat(operator.page().locator("#explain-user")).isFocused();
        operator.page().keyboard().press("Escape");
        assertThat(line).isFocused();
    }

    @Test
    void everythingThatOutlivesALogoutIsAChoiceOfTheReader(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, ALICE).send("hers").at("Publish");
        alice.page().keyboard().press("?");
        alice.page().getByLabel("Single letters are keys").uncheck();
        alice.page().keyboard().press("Escape");
        alice.button("Log out").click();
        alice.page().waitForURL(container.uri("/").toString());
        Object kept = alice.page().evaluate("""
                async () => [...Object.entries(localStorage).map((entry) => entry.join()), ...Object.keys(sessionStorage),
                  ...(await caches.keys()), ...(await indexedDB.databases()).map(({ name }) => name), document.cookie].join(' ')""");
        Assertions.assertThat(kept).isEqualTo("tidings.letters,off ");
    }

    @Test
    void userIsAskedForOnceMoreBeforeAllStreamsEnd(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, ALICE);
        alice.tab().mayComplain("net::ERR_");
        Console operator = Console.of(container, tabs, OPERATOR).at("Clients");
        operator.tab().mayComplain("net::ERR_");
        Locator row = operator.clients().filter(having("/users/alice"));
        row.first()
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("End all streams of alice"))
                .click();
        Locator dialog = operator.page().getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText(Pattern.compile("End .* of alice\\?"));
        assertThat(dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel")))
                .isFocused();
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel"))
                .click();
        assertThat(alice.page().locator("#reconnects")).hasText("0");
        row.first()
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("End all streams of alice"))
                .click();
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^End \\d+ stream")))
                .click();
        assertThat(alice.page().locator("#reconnects")).hasText("1");
        assertThat(operator.page().locator(".toast")).containsText("of alice ended");
    }

    @Test
    void streamsAreListedByUserAndAnAddressLeadsThere(Container container, Tabs tabs) {
        Console.of(container, tabs, ALICE);
        Console operator = Console.of(container, tabs, OPERATOR).at("Clients");
        operator.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Users"))
                .click();
        Locator alice = operator.clients().filter(having("alice"));
        assertThat(alice).hasCount(1);
        assertThat(alice.locator("[data-label=Topics]")).hasText(Pattern.compile("\\d+ streams?"));
        operator.page().waitForURL(Pattern.compile("\\?by=user$"));
        operator.page().reload();
        assertThat(alice).hasCount(1);
        alice.hover();
        alice.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Streams").setExact(true))
                .click();
        assertThat(operator.clients().filter(having("/users/alice")).first()).containsText("/users/alice /all");
        assertThat(operator.clients().filter(having("/users/operator"))).hasCount(0);
    }

    private static Locator title(Console console) {
        return console.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    private static Locator.FilterOptions having(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
