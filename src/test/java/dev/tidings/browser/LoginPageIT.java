package dev.tidings.browser;

import static dev.tidings.browser.Console.assertThat;
import static dev.tidings.browser.Console.button;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Logging in with a token, and out again. */
@InBrowser
@EveryContainer(kinds = ContainerKind.JETTY)
class LoginPageIT {

    private static final String REFUSED = "status of 401";

    @Test
    void goodTokenLeadsToTheConsole(Container container, Tabs tabs) {
        Console console =
                Console.with(container.uri("/login"), tabs, Tokens.user("alice").jwt());
        assertThat(console.page().locator("#account")).containsText("alice");
    }

    @Test
    void tokenIsOutOfReachForScripts(Container container, Tabs tabs) {
        Console console =
                Console.with(container.uri("/login"), tabs, Tokens.user("alice").jwt());
        Assertions.assertThat(console.page().evaluate("() => document.cookie")).isEqualTo("");
    }

    @Test
    void emptyFieldAsksForAToken(Container container, Tabs tabs) {
        Page page = tabs.open(container.uri("/login")).page();
        button(page, "Log in").click();
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("Paste a token first.");
        assertThat(page.getByLabel("Token")).isFocused();
    }

    @Test
    void expiredTokenIsRefusedWithTheReasonAndStays(Container container, Tabs tabs) {
        Tab tab = tabs.open(container.uri("/login"));
        tab.mayComplain(REFUSED);
        String token = Tokens.user("alice").expiring(Duration.ofMinutes(-3)).jwt();
        tab.page().getByLabel("Token").fill(token);
        button(tab.page(), "Log in").click();
        assertThat(tab.page().getByRole(AriaRole.ALERT)).containsText("expired 3 minutes ago");
        assertThat(tab.page().getByLabel("Token")).hasValue(token);
    }

    @Test
    void nonsenseIsRefusedWithTheReason(Container container, Tabs tabs) {
        Tab tab = tabs.open(container.uri("/login"));
        tab.mayComplain(REFUSED);
        tab.page().getByLabel("Token").fill("nonsense");
        button(tab.page(), "Log in").click();
        assertThat(tab.page().getByRole(AriaRole.ALERT)).containsText("JWT");
    }

    /** As without JavaScript: the browser posts the form by itself. */
    @Test
    void refusedLoginWithoutThePagesScriptHasTheFormAgain(Container container, Tabs tabs) {
        Tab tab = tabs.open(container.uri("/"));
        tab.mayComplain(REFUSED + "|login\\.js|ERR_FAILED");
        Page page = tab.page();
        page.route("**/assets/login.js", Route::abort);
        page.navigate(container.uri("/login").toString());
        page.getByLabel("Token").fill("hello");
        button(page, "Log in").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("this is not a JWT");
        page.getByLabel("Token").fill(Tokens.user("alice").jwt());
        button(page, "Log in").click();
        page.waitForURL(container.uri("/console/events").toString());
    }

    @Test
    void pageSaysWhatWorksWithoutJavaScript(Container container, Tabs tabs) {
        Page page = tabs.open(container.uri("/login")).page();
        Assertions.assertThat(
                        page.request().get(container.uri("/console").toString()).text())
                .containsPattern("<noscript>[^!]*<a href=\"\\./\">home page</a> has curl commands");
    }

    @Test
    void whoLogsOutIsAskedToLogIn(Container container, Tabs tabs) {
        Console console =
                Console.with(container.uri("/login"), tabs, Tokens.user("alice").jwt());
        console.button("Log out").click();
        console.page().waitForURL(container.uri("/").toString());
        assertThat(console.page().locator("#account")).hasText("Log in");
        console.page().navigate(container.uri("/console").toString());
        assertThat(console.page().getByRole(AriaRole.MAIN)).containsText("Log in to see a stream.");
    }

    @Test
    void consoleWithoutACookieAsksToLogIn(Container container, Tabs tabs) {
        Page page = tabs.open(container.uri("/console")).page();
        assertThat(page.getByRole(AriaRole.MAIN)).containsText("Log in to see a stream.");
        page.getByRole(AriaRole.MAIN).getByRole(AriaRole.LINK).click();
        page.waitForURL(container.uri("/login").toString());
    }

    @Test
    void everythingIsDoneWithTheKeyboard(Container container, Tabs tabs) {
        Page page = tabs.open(container.uri("/login")).page();
        page.getByLabel("Token").focus();
        page.keyboard().insertText(Tokens.user("alice").jwt());
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(page.locator("#state")).hasText("Live");
    }
}
