package dev.tidings.browser;

import static dev.tidings.browser.Console.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A browser that navigates to what is refused gets a page that says why and leads on as all pages do. */
@InBrowser
@EveryContainer(kinds = ContainerKind.JETTY)
class ErrorPageIT {

    @ParameterizedTest
    @CsvSource({
        "/nowhere, 404 Not Found, There is nothing at this address.",
        "/no/where/at/all, 404 Not Found, There is nothing at this address.",
        "/feeds/nothing, 404 Not Found, The feeds are part of demo mode",
        "/clients, 401 Unauthorized, No token came with this request",
        "/logout, 405 Method Not Allowed, it takes POST",
        "/events?topic=a&last=many&token=x, 401 Unauthorized, JWT",
    })
    void refusalHasTheNavigation(String path, String heading, String why, Container container, Tabs tabs) {
        Page page = open(container, tabs, path);
        assertThat(page.getByRole(AriaRole.HEADING)).hasText(heading);
        assertThat(page.getByRole(AriaRole.MAIN)).containsText(why);
        assertThat(page.locator("#account")).hasText("Log in");
        link(page, "Console").click();
        page.waitForURL(container.uri("/console").toString());
        page.goBack();
        link(page, "Tidings").click();
        page.waitForURL(container.uri("/").toString());
    }

    @Test
    void whoIsLoggedInStaysSo(Container container, Tabs tabs) {
        Console alice =
                Console.with(container.uri("/login"), tabs, Tokens.user("alice").jwt());
        alice.tab().mayComplain("status of 40[34]");
        alice.page().navigate(container.uri("/clients").toString());
        assertThat(alice.page().getByRole(AriaRole.HEADING)).hasText("403 Forbidden");
        assertThat(alice.page().locator("#account")).containsText("alice");
        alice.page().navigate(container.uri("/no/where").toString());
        assertThat(alice.page().locator("#account")).containsText("alice");
        alice.button("Log out").click();
        alice.page().waitForURL(container.uri("/").toString());
    }

    @ParameterizedTest
    @EnumSource(names = {"TOMCAT_11", "JETTY"})
    void hubWithoutAKeySaysWhatIsMissing(ContainerKind kind, Tabs tabs) {
        Container container = ContainerSpec.of(kind)
                .under("/tidings")
                .without("tidings.jwt.key")
                .shared();
        Page page = open(container, tabs, "/clients");
        assertThat(page.getByRole(AriaRole.HEADING)).hasText("503 Service Unavailable");
        assertThat(page.getByRole(AriaRole.MAIN)).containsText("TIDINGS_JWT_KEY");
        link(page, "Tidings").click();
        assertThat(page.getByText("One setting is missing")).isVisible();
    }

    private static Page open(Container container, Tabs tabs, String path) {
        Tab tab = tabs.open(container.uri(path));
        tab.mayComplain("status of [45]");
        return tab.page();
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(AriaRole.NAVIGATION)
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name));
    }
}
