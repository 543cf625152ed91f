package dev.tidings.browser;

import static dev.tidings.browser.Console.ALICE;
import static dev.tidings.browser.Console.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.EveryContainer;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages that everybody may see say it all the same when whoever was logged in is not any more. */
@InBrowser
@EveryContainer(kinds = ContainerKind.JETTY, demo = true, settings = "tidings.retry=200ms")
class FeedsAfterLogoutIT {

    private static final String BAD = "x.y.z";

    /** The stream is refused with a bad token and comes back without one. */
    @ParameterizedTest
    @CsvSource({"/, #clock", "/feeds, [data-feed=clock] .thumbnail"})
    void streamGoesOnWithoutTheToken(String path, String shown, Container container, Tabs tabs) {
        try (CuttableProxy proxy = CuttableProxy.to(container.uri())) {
            Page page = loggedIn(proxy, tabs, path);
            Locator clock = page.locator(shown);
            assertThat(clock).hasText(Pattern.compile("\\d+"));
            loseTheToken(proxy, page);
            assertThat(notice(page))
                    .hasText(Pattern.compile("(You are logged out|Your token is not good).* Log in again"));
            assertThat(page.locator("#account")).hasText("Log in");
            String before = clock.innerText();
            assertThat(clock).not().hasText(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"/, #clock", "/feeds, [data-feed=clock] .thumbnail"})
    void streamOfNobodyGoesOnWhenSomebodyLogsIn(String path, String shown, Container container, Tabs tabs) {
        try (CuttableProxy proxy = CuttableProxy.to(container.uri())) {
            Tab tab = tabs.open(proxy.uri(path));
            tab.mayComplain("net::ERR_");
            Locator clock = tab.page().locator(shown);
            assertThat(clock).hasText(Pattern.compile("\\d+"));
            Page other = tab.page().context().newPage();
            other.navigate(proxy.uri("/login").toString());
            Console.button(other, ALICE).click();
            assertThat(other.locator("#account")).containsText("alice");
            other.close();
            proxy.down();
            String before = clock.innerText();
            proxy.up();
            assertThat(clock).not().hasText(before);
        }
    }

    /** The script of such a page is to be copied and knows nothing of tokens. */
    @ParameterizedTest
    @CsvSource({"/feeds/clock, #clock", "/feeds/log, #log"})
    void pageOfAFeedSaysWhyItStands(String path, String shown, Container container, Tabs tabs) {
        try (CuttableProxy proxy = CuttableProxy.to(container.uri())) {
            Page page = loggedIn(proxy, tabs, path);
            assertThat(page.locator(shown)).hasText(Pattern.compile("\\d+"));
            loseTheToken(proxy, page);
            assertThat(notice(page))
                    .hasText(Pattern.compile("(You are logged out|Your token is not good).* Log in again"));
            assertThat(page.locator("#account")).hasText("Log in");
        }
    }

    private static Page loggedIn(CuttableProxy proxy, Tabs tabs, String path) {
        Console console = Console.in(tabs.open(proxy.uri("/login")), ALICE);
        console.tab().mayComplain("net::ERR_|status of 401");
        console.page().navigate(proxy.uri(path).toString());
        assertThat(console.page().locator("#account")).containsText("alice");
        return console.page();
    }

    private static void loseTheToken(CuttableProxy proxy, Page page) {
        page.context()
                .addCookies(List.of(new Cookie("mercureAuthorization", BAD)
                        .setUrl(proxy.uri("/").toString())));
        proxy.down();
        proxy.up();
    }

    private static Locator notice(Page page) {
        return page.locator("main > .notice[role=status]");
    }
}
