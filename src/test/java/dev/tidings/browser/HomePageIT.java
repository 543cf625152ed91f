package dev.tidings.browser;

import static dev.tidings.browser.Console.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The home page of a hub in demo mode, as a newcomer finds it. */
@InBrowser
@EveryContainer(kinds = ContainerKind.JETTY, demo = true, settings = "tidings.retry=200ms")
class HomePageIT {

    @Test
    void clockTicks(Container container, Tabs tabs) {
        Page page = tabs.open(container.uri("/")).page();
        var clock = page.locator("#clock");
        assertThat(clock).hasText(Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d"));
        String first = clock.innerText();
        assertThat(clock).not().hasText(first);
    }

    @Test
    void newcomerIsStreamingAfterTwoClicks(Container container, Tabs tabs) {
        Tab tab = tabs.open(container.uri("/"));
        tab.page().getByRole(AriaRole.MAIN).getByRole(AriaRole.LINK).first().click();
        Console.in(tab, Console.ALICE);
    }

    /** On a slow line a user may click before the script is there. */
    @Test
    void readyMadeTokenLogsInBeforeThePagesScriptRuns(Container container, Tabs tabs) {
        Tab tab = tabs.open(container.uri("/"));
        tab.mayComplain("login\\.js|ERR_FAILED");
        tab.page().route("**/assets/login.js", Route::abort);
        tab.page().navigate(container.uri("/login").toString());
        Console.in(tab, Console.ALICE);
    }

    @Test
    void curlLinesHaveThisAddress(Container container, Tabs tabs) {
        Page page = tabs.open(container.uri("/")).page();
        assertThat(page.locator("pre").first())
                .containsText("curl -N -H \"Authorization: Bearer $TOKEN\" \"" + container.uri("/events") + "\"");
        assertThat(page.locator("pre").nth(1))
                .containsText(
                        "curl -H \"Authorization: Bearer $TOKEN\" -d msg=hello \"" + container.uri("/msg") + "\"");
    }

    /** What a browser asks when it comes again. */
    @Test
    void whatTheBrowserHasAlreadyIsNotSentAgain(Container container, Tabs tabs) {
        Page page = tabs.open(container.uri("/")).page();
        String styles = container.uri("/assets/tidings.css").toString();
        String tag = page.request().get(styles).headers().get("etag");
        var unlessChanged = RequestOptions.create().setHeader("If-None-Match", tag);
        Assertions.assertThat(page.request().get(styles, unlessChanged).status())
                .isEqualTo(304);
    }
}
