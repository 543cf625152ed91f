package dev.tidings.browser;

import static dev.tidings.browser.Console.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every address that the pages use is right when the hub is not at the root of its server: one journey past all of them,
 * on Tomcat. What each page does is tried on Jetty, at the root.
 */
@InBrowser
@EveryContainer(
        kinds = ContainerKind.TOMCAT_11,
        contextPath = "/tidings",
        demo = true,
        settings = "tidings.retry=200ms")
class PagesUnderAContextPathIT {

    @Test
    void journeyFromTheHomePageToLoggingOut(Container container, Tabs tabs) {
        Tab tab = tabs.open(container.uri("/"));
        tab.mayComplain("status of 40[134]");
        Page page = tab.page();
        assertThat(page.locator("#clock")).hasText(Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d"));
        assertThat(page.locator("#receive-shell-code")).containsText("\"" + container.uri("/events") + "\"");
        page.getByRole(AriaRole.MAIN)
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("login page"))
                .first()
                .click();
        Console operator = Console.in(tab, Console.OPERATOR);
        page.waitForURL(container.uri("/console").toString());
        operator.at("Clients");
        page.waitForURL(container.uri("/console/clients").toString());
        assertThat(operator.clients().filter(having("operator"))).not().hasCount(0);
        String text = Console.unique("hello");
        operator.to("A user").target("operator").send(text);
        assertThat(operator.data()).hasText(text);
        operator.at("Clients")
                .clients()
                .filter(having("operator"))
                .first()
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^Disconnect")))
                .click();
        assertThat(page.locator("#reconnects")).hasText("1");
        operator.live();
        operator.at("Tokens").page().getByLabel("Another token").fill("nonsense");
        operator.button("Inspect").click();
        assertThat(page.locator("#inspection")).containsText("Refused");
        page.navigate(container.uri("/no/where").toString());
        assertThat(page.getByRole(AriaRole.HEADING)).hasText("404 Not Found");
        assertThat(page.locator("#account")).containsText("operator");
        page.getByRole(AriaRole.NAVIGATION)
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Tidings"))
                .click();
        page.waitForURL(container.uri("/").toString());
        operator.button("Log out").click();
        assertThat(page.locator("#account")).hasText("Log in");
        page.navigate(container.uri("/console").toString());
        page.getByRole(AriaRole.MAIN).getByRole(AriaRole.LINK).click();
        page.waitForURL(container.uri("/login").toString());
    }

    @Test
    void whoIsLoggedOutElsewhereIsLedToTheLoginPage(Container container, Tabs tabs) {
        Console alice = Console.of(container, tabs, Console.ALICE);
        alice.tab().mayComplain("status of 401");
        alice.page().context().clearCookies();
        alice.at("Publish").button("Publish").click();
        Locator notice = alice.page().locator("main > .notice[role=status]");
        assertThat(notice).containsText("Log in again");
        notice.getByRole(AriaRole.LINK).click();
        alice.page().waitForURL(container.uri("/login").toString());
    }

    @Test
    void eachFeedIsShown(Container container, Tabs tabs) {
        Page page = tabs.open(container.uri("/feeds")).page();
        for (String feed : FeedPage.ALL) {
            page.locator("a[href='feeds/" + feed + "']").click();
            FeedPage.awaitSomething(page, feed);
            page.getByText("All feeds").click();
        }
    }

    private static Locator.FilterOptions having(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
