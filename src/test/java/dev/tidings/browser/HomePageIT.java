package dev.tidings.browser;

import static dev.tidings.browser.Console.assertThat;
import static dev.tidings.browser.Console.button;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import java.util.ArrayList;
import java.util.List;
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
    void newcomerIsStreamingAfterOneClick(Container container, Tabs tabs) {
        Console.in(tabs.open(container.uri("/")), Console.ALICE);
    }

    /** As the design has it: the address names the tab, and each tab has the hub's address. */
    @Test
    void codeIsInTabsThatTheAddressChooses(Container container, Tabs tabs) {
        Page page = tabs.open(container.uri("/")).page();
        assertThat(page.locator("#receive")).isVisible();
        assertThat(page.locator("#receive-shell")).isHidden();
        tab(page, "Java").click();
        assertThat(page.locator("#publish-java"))
                .containsText("URI.create(\"" + container.uri("/msg") + "?to=alice\")");
        assertThat(page.locator("#publish")).isHidden();
        page.keyboard().press("End");
        assertThat(tab(page, "Python")).isFocused();
        assertThat(page.locator("#publish-python")).isVisible();
        page.navigate(container.uri("/") + "#receive-shell");
        assertThat(tab(page, "In a shell")).hasAttribute("aria-selected", "true");
        assertThat(page.locator("#receive")).isHidden();
    }

    @Test
    void copyingACodeLeavesItAsItIs(Container container, Tabs tabs) {
        Page page = tabs.open(container.uri("/"), FeedPage.mayCopy()).page();
        Object served = page.evaluate("""
                async () => new DOMParser()
                  .parseFromString(await (await fetch('./')).text(), 'text/html')
                  .getElementById('receive-code').textContent""");
        button(page, "Copy").first().click();
        assertThat(page.getByText("Copied.").first()).isVisible();
        Assertions.assertThat(page.evaluate("() => navigator.clipboard.readText()"))
                .isEqualTo(served)
                .asString()
                .contains("new EventSource(`" + container.uri("/events") + "?ticket=${ticket}`)");
    }

    /** Only the import of the module is another, which a function cannot have. */
    @Test
    void bothWaysToReceiveInAPageReceive(Container container, Tabs tabs) {
        Page login = tabs.open(container.uri("/login")).page();
        RequestOptions operator = RequestOptions.create()
                .setHeader("Content-Type", "text/plain")
                .setHeader(
                        "Authorization",
                        "Bearer " + login.getByLabel("JWT of operator").innerText());
        for (String section : List.of("#receive-code", "#receive-module-code")) {
            Page page = tabs.open(container.uri("/")).page();
            String token = button(page, Console.ALICE).getAttribute("value");
            List<String> heard = new ArrayList<>();
            page.onConsoleMessage(message -> heard.add(message.text()));
            String code = page.locator(section)
                    .textContent()
                    .replaceFirst("import (.*) from (.*);", "const $1 = await import($2);");
            page.evaluate("(token) => (async () => {" + code + "})()", token);
            String data = Console.unique("received");
            Eventually.holds("the page hears it", () -> {
                login.request().post(container.uri("/msg?to=alice").toString(), operator.setData(data));
                page.waitForTimeout(50);
                return heard.contains(data);
            });
        }
    }

    private static Locator tab(Page page, String name) {
        return page.getByRole(
                AriaRole.TAB, new Page.GetByRoleOptions().setName(name).setExact(true));
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
        assertThat(page.locator("#receive-shell-code"))
                .containsText("curl -N -H \"Authorization: Bearer $TOKEN\" \"" + container.uri("/events") + "\"");
        assertThat(page.locator("#publish-code")).containsText("\"" + container.uri("/msg") + "\"");
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
