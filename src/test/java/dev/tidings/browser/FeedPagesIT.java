package dev.tidings.browser;

import static dev.tidings.browser.Console.assertThat;
import static dev.tidings.browser.Console.button;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The pages of the feeds: each shows the thing itself. */
@InBrowser
@EveryContainer(kinds = ContainerKind.JETTY, demo = true, settings = "tidings.retry=200ms")
class FeedPagesIT {

    private static final String SPY_ON_NOTIFICATIONS = """
            () => {
              window.shown = [];
              window.Notification = new Proxy(Notification, {
                construct(target, given) {
                  window.shown.push(given[0]);
                  return new target(...given);
                },
              });
            }
            """;

    private static final String SOURCES = """
            window.EventSource = class extends EventSource {
              constructor(...address) {
                super(...address);
                window.source = this;
              }
            };
            """;

    /** Faster than any feed: each as an event of its own. */
    private static final String TWO_THOUSAND_LINES = """
            () => {
              for (let i = 1; i <= 2000; i++) {
                window.source.dispatchEvent(new MessageEvent('message', { data: `line ${i}` }));
              }
            }""";

    private static final String LOG_AT_THE_END = """
            () => {
              const { scrollHeight, scrollTop, clientHeight } = document.getElementById('log');
              return scrollTop > 0 && scrollHeight - scrollTop - clientHeight < 2;
            }""";

    /** The journey under a context path goes on from there to each of them. */
    @Test
    void homeLeadsToTheFeeds(Container container, Tabs tabs) {
        Page page = tabs.open(container.uri("/")).page();
        page.getByRole(AriaRole.NAVIGATION)
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Feeds"))
                .click();
        for (String feed : FeedPage.ALL) {
            assertThat(page.locator("a[href='feeds/" + feed + "']")).isVisible();
        }
    }

    @Test
    void indexShowsAllFeedsOverOneStream(Container container, Tabs tabs) {
        Page page = tabs.open(container.uri("/login")).page();
        List<String> streams = new ArrayList<>();
        page.onRequest(request -> {
            if (request.url().contains("/events?")) {
                streams.add(request.url());
            }
        });
        page.navigate(container.uri("/feeds").toString());
        for (Locator thumbnail : page.locator(".thumbnail").all()) {
            assertThat(thumbnail).not().hasText("…");
        }
        assertThat(page.locator("[data-feed=progress] progress")).not().hasAttribute("value", "0");
        page.request().get(container.uri("/say").toString());
        assertThat(page.locator("[data-feed=hello] .thumbnail")).hasText(Pattern.compile("hello \\d+"));
        Assertions.assertThat(streams).hasSize(1);
    }

    @Test
    void progressBarGrowsAndSaysTheTimeLeft(Container container, Tabs tabs) {
        Page page = open(container, tabs, "progress");
        Locator bar = page.getByRole(AriaRole.PROGRESSBAR);
        assertThat(page.locator("#eta")).hasText(Pattern.compile("\\d+ s left"));
        Object before = bar.evaluate("bar => bar.value");
        Eventually.holds("it grows", () -> (int) bar.evaluate("bar => bar.value") > (int) before);
    }

    @Test
    void helloIsSeenByAllWhoWatch(Container container, Tabs tabs) {
        Page one = open(container, tabs, "hello");
        Page other = open(container, tabs, "hello");
        FeedPage.awaitSomething(one, "hello");
        FeedPage.awaitSomething(other, "hello");
        String last = other.locator("#said li").first().innerText();
        assertThat(one.locator("#said li").first()).hasText(last);
    }

    @Test
    void notificationsAreTheBrowsersOnceItsUserAllowsThem(Container container, Tabs tabs) {
        Page page = open(container, tabs, "notification");
        page.context().grantPermissions(List.of("notifications"));
        page.evaluate(SPY_ON_NOTIFICATIONS);
        button(page, "Show notifications").click();
        assertThat(page.locator("#allowed")).hasText("The browser shows them.");
        Eventually.holds("one is shown", () -> (int) page.evaluate("() => window.shown.length") > 0);
        assertThat(page.locator("#news li").first())
                .containsText(page.evaluate("() => window.shown.at(-1)").toString());
    }

    @Test
    void logFollowsTheNewestUnlessScrolledUp(Container container, Tabs tabs) {
        Page page = open(container, tabs, "log");
        Locator log = page.locator("#log");
        Locator newest = button(page, "To the newest");
        Eventually.holds("it is more than fits", () ->
                (boolean) log.evaluate("log => log.scrollHeight > log.clientHeight + 50 && log.scrollTop > 0"));
        assertThat(newest).isHidden();
        log.evaluate("log => log.scrollTo({ top: 0 })");
        assertThat(newest).isVisible();
        Assertions.assertThat(log.evaluate("log => log.scrollTop")).isEqualTo(0);
        newest.click();
        assertThat(newest).isHidden();
        Eventually.holds("it follows", () ->
                (boolean) log.evaluate("log => log.scrollHeight - log.scrollTop - log.clientHeight < 24"));
    }

    @Test
    void logKeepsUpWithManyLinesAndStandsStillForItsReader(Container container, Tabs tabs) {
        Page page = tabs.open(container.uri("/login")).page();
        page.addInitScript(SOURCES);
        page.navigate(container.uri("/feeds/log").toString());
        FeedPage.awaitSomething(page, "log");
        Locator log = page.locator("#log");
        Renderer renderer = Renderer.of(page);
        renderer.recordFrames();
        long layouts = renderer.layouts();
        page.evaluate(TWO_THOUSAND_LINES);
        assertThat(log.locator("> *").filter(new Locator.FilterOptions().setHasText("line 2000")))
                .hasCount(1);
        assertThat(log.locator("> *")).hasCount(500);
        assertThat(page.locator("#passed-over")).hasText(Pattern.compile("1[45]\\d\\d lines passed over"));
        Assertions.assertThat(renderer.layouts() - layouts).isLessThan(2L * renderer.frames() + 20);
        log.evaluate("log => log.scrollTo({ top: 0 })");
        String first = log.locator("> *").first().innerText();
        page.evaluate(TWO_THOUSAND_LINES);
        assertThat(button(page, "To the newest")).isVisible();
        assertThat(log.locator("> *").first()).hasText(first);
        assertThat(log.locator("> *")).hasCount(500);
        button(page, "To the newest").click();
        assertThat(log.locator("> *").first()).not().hasText(first);
        page.waitForFunction(LOG_AT_THE_END);
    }

    @Test
    void newSizeOfTheLogIsNoReaderWhoScrolls(Container container, Tabs tabs) {
        Page page = tabs.open(container.uri("/login")).page();
        page.addInitScript(SOURCES);
        page.navigate(container.uri("/feeds/log").toString());
        FeedPage.awaitSomething(page, "log");
        page.evaluate(TWO_THOUSAND_LINES);
        for (String size : List.of("100px", "600px", "200px")) {
            page.locator("#log").evaluate("(log, size) => { log.style.height = size; }", size);
            page.setViewportSize(size.equals("600px") ? 1280 : 400, 700);
            page.evaluate(TWO_THOUSAND_LINES);
            page.waitForFunction(LOG_AT_THE_END);
            assertThat(button(page, "To the newest")).isHidden();
        }
    }

    @Test
    void cancelledAnswerGrowsNoFurther(Container container, Tabs tabs) {
        Page page = open(container, tabs, "answer");
        button(page, "Cancel").click();
        assertThat(page.locator("#outcome")).hasText("Cancelled.");
        String question = page.locator("#question").innerText();
        String answer = page.locator("#answer").innerText();
        assertThat(page.locator("#question")).not().hasText(question);
        assertThat(page.locator("#outcome")).hasText("Answering…");
        Assertions.assertThat(answer).isNotEmpty();
        assertThat(page.locator("#answer")).not().hasText(answer);
    }

    @Test
    void pricesAreTheLatestOfEachKey(Container container, Tabs tabs) {
        Page page = open(container, tabs, "prices");
        assertThat(page.locator("#prices tr")).hasCount(6);
        Locator first = page.locator("#prices td").first();
        String before = first.innerText();
        assertThat(first).not().hasText(before);
        assertThat(page.locator("#prices tr")).hasCount(6);
    }

    @Test
    void monitorDrawsWhatItReads(Container container, Tabs tabs) {
        Page page = open(container, tabs, "monitor");
        for (String chart : List.of("cpu", "heap", "streams")) {
            assertThat(page.locator("#" + chart + "-now")).hasText(Pattern.compile("[\\d.]+"));
            Assertions.assertThat((Boolean) page.evaluate(
                            "id => Chart.getChart(id).data.datasets[0].data.some((value) => value !== null)", chart))
                    .isTrue();
        }
    }

    @Test
    void onlineCountsWhoComesAndWhoLeaves(Container container, Tabs tabs) {
        Page page = open(container, tabs, "online");
        Locator online = page.locator("#online");
        assertThat(online).hasText("1");
        Tab other = tabs.open(container.uri("/feeds/online"));
        assertThat(other.page().locator("#online")).hasText("2");
        assertThat(online).hasText("2");
        other.page().navigate(container.uri("/login").toString());
        assertThat(online).hasText("1");
    }

    @Test
    void cutConnectionResumesWithNothingMissingAndNothingTwice(Container container, Tabs tabs) {
        Page page = open(container, tabs, "ping");
        Locator verdict = page.locator("#verdict");
        assertThat(verdict).hasText(Pattern.compile("\\d+ events: 0 missing, 0 twice\\."));
        button(page, "Cut the second stream").click();
        assertThat(verdict).hasText(Pattern.compile("Cut\\. [2-9] published meanwhile\\."));
        int got = page.locator("#cuttable li").count();
        button(page, "Connect it again").click();
        assertThat(page.locator("#cuttable li").nth(got + 1)).isVisible();
        assertThat(verdict).hasText(Pattern.compile("\\d+ events: 0 missing, 0 twice\\."));
        List<String> steady = page.locator("#steady li").allInnerTexts();
        List<String> cuttable = page.locator("#cuttable li").allInnerTexts();
        Assertions.assertThat(cuttable).doesNotHaveDuplicates().containsAll(steady.subList(0, got + 1));
    }

    @Test
    void webSocketIsSpokenBothWays(Container container, Tabs tabs) {
        Page page = open(container, tabs, "websocket");
        Locator frames = page.locator("#websocket");
        assertThat(frames).containsText("\"topics\":[\"/feeds/clock\"]");
        page.getByLabel("Prices, too").check();
        assertThat(frames).containsText("\"topics\":[\"/feeds/prices\"]");
        page.getByLabel("Prices, too").uncheck();
        assertThat(frames).containsText("{\"type\":\"unsubscribed\",\"ref\":\"prices\"");
        page.getByLabel("Say").fill("<b>good morning</b>");
        button(page, "Echo").click();
        assertThat(frames).containsText("{\"type\":\"echo\",\"data\":\"<b>good morning</b>\"}");
    }

    @Test
    void whereEventSourceIsMissingThePageSaysSoAndAsksAgainAndAgain(Container container, Tabs tabs) {
        Page page = tabs.open(container.uri("/login")).page();
        page.addInitScript("delete window.EventSource");
        for (String path : List.of("/feeds/clock", "/feeds/monitor")) {
            page.navigate(container.uri(path).toString());
            assertThat(page.locator("#no-event-source")).isVisible();
        }
        page.navigate(container.uri("/feeds/clock").toString());
        Locator clock = page.locator("#clock");
        assertThat(clock).hasText(Pattern.compile("[0-9: -]{19}"));
        String first = clock.textContent();
        assertThat(clock).not().hasText(first);
        page.navigate(container.uri("/feeds").toString());
        assertThat(page.locator("[data-feed=clock] .thumbnail")).hasText(Pattern.compile("[0-9: -]{19}"));
        page.navigate(container.uri("/feeds/prices").toString());
        assertThat(page.locator("#prices tr")).hasCount(6);
    }

    private static Page open(Container container, Tabs tabs, String feed) {
        return tabs.open(container.uri("/feeds/" + feed)).page();
    }
}
