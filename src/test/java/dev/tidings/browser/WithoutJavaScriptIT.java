package dev.tidings.browser;

import static dev.tidings.browser.Console.assertThat;
import static dev.tidings.browser.Console.button;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pages for those who have JavaScript off: they can log in, each page says what is missing, and none
 * shows what only a script would fill. Pictures to look at are left in {@code target/screenshots}.
 */
@InBrowser
@EveryContainer(kinds = ContainerKind.JETTY, demo = true, settings = "tidings.retry=200ms")
class WithoutJavaScriptIT {

    private static final Path PICTURES = Path.of(System.getProperty("test.war")).resolveSibling("screenshots");

    static Stream<String> pages() {
        return Stream.concat(
                Stream.of("/", "/login", "/console", "/feeds", "/no/where"),
                FeedPage.ALL.stream().map(feed -> "/feeds/" + feed));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void pageSaysWhatIsMissingAndShowsNothingUnfilled(String path, Container container, Tabs tabs) {
        Tab tab = open(container, tabs, path);
        tab.mayComplain("status of 404");
        Page page = tab.page();
        String picture = path.equals("/") ? "home" : path.substring(1).replace('/', '-');
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(PICTURES.resolve("without-javascript-" + picture + ".png")));
        assertThat(page.locator("noscript .notice")).containsText("JavaScript is off");
        assertThat(page.locator("h1")).isVisible();
        Assertions.assertThat(visible(page.locator("main :text-matches('^(…|Connecting…)$')")))
                .as("what only a script would fill")
                .isEmpty();
        Assertions.assertThat(visible(page.locator("main button"))).allMatch(name -> name.startsWith("Log in"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/feeds/clock", "/no/where"})
    void footLeadsToTheDescription(String path, Container container, Tabs tabs) {
        Tab tab = open(container, tabs, path);
        tab.mayComplain("status of 404");
        String href = tab.page().locator("footer a[href$='openapi.yaml']").getAttribute("href");
        Assertions.assertThat(URI.create(tab.page().url()).resolve(href)).isEqualTo(container.uri("/openapi.yaml"));
    }

    @Test
    void refusedTokenIsToldWhyAndAGoodOneLogsIn(Container container, Tabs tabs) {
        Tab tab = open(container, tabs, "/login");
        tab.mayComplain("status of 401");
        Page page = tab.page();
        page.locator("#token").fill("this is none");
        button(page, "Log in").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("this is not a JWT");
        page.locator("#token").fill(demoToken(container, tabs));
        button(page, "Log in").click();
        assertLoggedIn(page, container);
    }

    @Test
    void readyMadeTokenLogsIn(Container container, Tabs tabs) {
        Page page = open(container, tabs, "/login").page();
        button(page, Console.ALICE).click();
        assertLoggedIn(page, container);
    }

    private static void assertLoggedIn(Page page, Container container) {
        page.waitForURL(container.uri("/console").toString());
        Assertions.assertThat(page.context().cookies())
                .extracting(cookie -> cookie.name)
                .containsExactly("mercureAuthorization");
    }

    private static String demoToken(Container container, Tabs tabs) {
        return open(container, tabs, "/login").page().getByLabel("JWT of bob").innerText();
    }

    private static Tab open(Container container, Tabs tabs, String path) {
        return tabs.open(container.uri(path), new Browser.NewContextOptions().setJavaScriptEnabled(false));
    }

    private static List<String> visible(Locator elements) {
        return elements.all().stream()
                .filter(Locator::isVisible)
                .map(Locator::innerText)
                .toList();
    }
}
