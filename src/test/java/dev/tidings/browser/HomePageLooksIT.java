package dev.tidings.browser;

import static dev.tidings.browser.HomePage.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The home page fits its screen. Pictures to look at are left in {@code target/screenshots}. */
@InBrowser
@EveryContainer(kinds = ContainerKind.JETTY, demo = true)
class HomePageLooksIT {

    private static final Path PICTURES = Path.of(System.getProperty("test.war")).resolveSibling("screenshots");

    @ParameterizedTest
    @CsvSource({"LIGHT, 360", "LIGHT, 1280", "DARK, 360", "DARK, 1280"})
    void nothingIsWiderThanTheScreen(ColorScheme colours, int width, Container container, Tabs tabs) {
        HomePage home = open(container.uri("/"), tabs, colours, width, 800);
        picture(home.page(), "start", colours, width);
        home.connectAs("Use alice’s token").send("hello");
        assertThat(home.data()).hasCount(1);
        home.publish(container, Map.of("type", "invoice.paid", "msg", "{\"invoice\":7,\"lines\":[\n  1,\n  2\n]}"));
        home.publish(container, Map.of("msg", "long ".repeat(30) + "word".repeat(60)));
        assertThat(home.data()).hasCount(3);
        picture(home.page(), "events", colours, width);
        home.connectWith("nonsense");
        assertThat(home.state()).containsText("JWT");
        picture(home.page(), "refused", colours, width);
        home.tab().mayComplain("status of 401");
    }

    /** The picture in the README: a copy of it is {@code docs/home.png}. */
    @Test
    void eventThatHasJustArrivedIsInTheFirstScreen(Container container, Tabs tabs) {
        HomePage home = open(container.uri("/"), tabs, ColorScheme.LIGHT, 1000, 880);
        home.connectAs("Use alice’s token").send("hello");
        assertThat(home.data()).hasText("hello");
        home.page().evaluate("() => window.scrollTo(0, 0)");
        assertThat(home.data()).isInViewport();
        assertThat(home.sent()).isInViewport();
        home.page().screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("home.png")));
    }

    private static HomePage open(URI address, Tabs tabs, ColorScheme colours, int width, int height) {
        var options = new Browser.NewContextOptions()
                .setColorScheme(colours)
                .setViewportSize(width, height)
                .setDeviceScaleFactor(1);
        return HomePage.in(tabs.open(address, options), address);
    }

    private static void picture(Page page, String name, ColorScheme colours, int width) {
        Assertions.assertThat(page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth"))
                .as("pixels by which %s is too wide", name)
                .isEqualTo(0);
        Path file =
                PICTURES.resolve("%s-%s-%d.png".formatted(name, colours.name().toLowerCase(Locale.ROOT), width));
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(file));
    }
}
