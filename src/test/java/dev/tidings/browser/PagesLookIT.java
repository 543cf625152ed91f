package dev.tidings.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Rounds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every page fits its screen and has no fault that axe-core finds serious. Pictures to look at are left in
 * {@code target/screenshots}.
 */
@InBrowser
@EveryContainer(kinds = ContainerKind.JETTY, demo = true, settings = "tidings.retry=200ms")
class PagesLookIT {

    private static final Path PICTURES = Path.of(System.getProperty("test.war")).resolveSibling("screenshots");
    private static final String STICKING_OUT = """
            () => [...document.querySelectorAll('.panel')].flatMap((panel) =>
              [...panel.querySelectorAll('input, textarea, button, code, pre, td, p')]
                .filter((part) => !part.closest('.events, .scroll, pre, .tokens, .people, .tail'))
                .filter((part) => part.getBoundingClientRect().right > panel.getBoundingClientRect().right)
                .map((part) => part.outerHTML))
            """;
    private static final List<String> SERIOUS = List.of("serious", "critical");

    /** Each width, and each set of colours; with {@code -Plong} each width in each. */
    static Stream<Arguments> screens() {
        return Stream.concat(
                Stream.of(arguments(ColorScheme.LIGHT, 360), arguments(ColorScheme.DARK, 1280)),
                Rounds.of(
                        Stream.of(),
                        Stream.of(
                                arguments(ColorScheme.LIGHT, 1280),
                                arguments(ColorScheme.DARK, 360),
                                arguments(ColorScheme.LIGHT, 1680),
                                arguments(ColorScheme.DARK, 1680))));
    }

    @ParameterizedTest
    @MethodSource("screens")
    void pagesFitAndAreAccessible(ColorScheme colours, int width, Container container, Tabs tabs) throws IOException {
        Tab tab = tabs.open(container.uri("/"), screen(colours, width));
        Page page = tab.page();
        String suffix = suffix(colours, width);
        inspect(page, "home" + suffix);
        page.navigate(container.uri("/console").toString());
        Console.assertThat(page.locator("#outside")).isVisible();
        inspect(page, "asked" + suffix);
        page.navigate(container.uri("/login").toString());
        Console.button(page, "Log in").click();
        inspect(page, "login" + suffix);
        Console operator = Console.in(tab, Console.OPERATOR);
        Console.assertThat(page.locator("#nodes tr")).hasCount(1);
        inspect(page, "overview" + suffix);
        operator.follow("/users/{id}", "/all").live();
        operator.target("alice").withType("invoice.paid").send("{\"invoice\":7,\"lines\":[\n  1,\n  2\n]}");
        operator.target("bob").withType("").send("long ".repeat(30) + "word".repeat(60));
        operator.to("Everybody").send("Maintenance at noon");
        Console.assertThat(operator.events()).hasCount(3);
        operator.open(operator.events().first());
        inspect(page, "events" + suffix);
        operator.at("Topics");
        Console.assertThat(page.locator("#topic-rows tr")).not().hasCount(0);
        inspect(page, "topics" + suffix);
        operator.at("Clients");
        Console.assertThat(operator.clients()).not().hasCount(0);
        inspect(page, "clients" + suffix);
        operator.at("Publish");
        inspect(page, "publish" + suffix);
        operator.at("Tokens");
        inspect(page, "tokens" + suffix);
        tab.mayComplain("status of 404");
        page.navigate(container.uri("/no/where").toString());
        inspect(page, "error" + suffix);
    }

    @ParameterizedTest
    @MethodSource("screens")
    void feedPagesFitAndAreAccessible(ColorScheme colours, int width, Container container, Tabs tabs)
            throws IOException {
        Page page = tabs.open(container.uri("/feeds"), screen(colours, width)).page();
        Console.assertThat(page.locator(".thumbnail").last()).not().hasText("…");
        inspect(page, "feeds" + suffix(colours, width));
        for (String feed : Rounds.of(everyOther(colours), FeedPage.ALL)) {
            page.navigate(container.uri("/feeds/" + feed).toString());
            FeedPage.awaitSomething(page, feed);
            inspect(page, "feed-" + feed + suffix(colours, width));
        }
    }

    /** All have one form and one script for it: each is seen on one of the two screens. */
    private static List<String> everyOther(ColorScheme colours) {
        int first = colours == ColorScheme.LIGHT ? 0 : 1;
        return IntStream.range(0, FeedPage.ALL.size())
                .filter(number -> number % 2 == first)
                .mapToObj(FeedPage.ALL::get)
                .toList();
    }

    private static Browser.NewContextOptions screen(ColorScheme colours, int width) {
        return new Browser.NewContextOptions()
                .setColorScheme(colours)
                .setViewportSize(width, 800)
                .setDeviceScaleFactor(1);
    }

    private static String suffix(ColorScheme colours, int width) {
        return "-%s-%d.png".formatted(colours.name().toLowerCase(Locale.ROOT), width);
    }

    private static void inspect(Page page, String picture) throws IOException {
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(picture)));
        assertThat(page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth"))
                .as("pixels by which %s is too wide", picture)
                .isEqualTo(0);
        assertThat((List<?>) page.evaluate(STICKING_OUT))
                .as("what sticks out of its panel in %s", picture)
                .isEmpty();
        page.evaluate(axe());
        var found = (Map<?, ?>) page.evaluate("() => axe.run({ resultTypes: ['violations'] })");
        assertThat((List<?>) found.get("violations"))
                .as("faults of %s", picture)
                .filteredOn(fault -> SERIOUS.contains(((Map<?, ?>) fault).get("impact")))
                .isEmpty();
    }

    private static String axe() throws IOException {
        try (InputStream script = PagesLookIT.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
