package dev.tidings.browser;

import static dev.tidings.browser.Console.assertThat;
import static dev.tidings.browser.Console.button;

import com.microsoft.playwright.Page;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTML and the script that each feed's page shows, copied into a file and opened, as the page says. */
@InBrowser
@EveryContainer(
        kinds = ContainerKind.TOMCAT_11,
        contextPath = "/tidings",
        demo = true,
        settings = "tidings.retry=200ms")
class FeedCopiesIT {

    private static final String CANCELLED = "Cancelled.";

    @TempDir
    Path files;

    @Test
    void eachFeedIsShownByAPageOfOnesOwn(Container container, Tabs tabs) throws IOException {
        Page page = tabs.open(container.uri("/feeds"), FeedPage.mayCopy()).page();
        for (String feed : FeedPage.ALL) {
            page.navigate(container.uri("/feeds/" + feed).toString());
            String copy = copy(page);
            Assertions.assertThat(copy).contains(container.uri("/").getAuthority() + "/tidings/");
            FeedPage.awaitSomething(open(copy, tabs), feed);
        }
    }

    @Test
    void pageOfOnesOwnCancelsTheAnswer(Container container, Tabs tabs) throws IOException {
        Page page =
                tabs.open(container.uri("/feeds/answer"), FeedPage.mayCopy()).page();
        Page own = open(copy(page), tabs);
        button(own, "Cancel").click();
        assertThat(own.locator("#outcome")).hasText(CANCELLED);
        assertThat(page.locator("#outcome")).hasText(CANCELLED);
    }

    @Test
    void pageOfOnesOwnHearsTheCurlCommandOverTheInbox(Container container, Tabs tabs) throws IOException {
        Page page = tabs.open(container.uri("/login"), FeedPage.mayCopy()).page();
        String token = page.getByLabel("JWT of alice").innerText();
        for (String feed : FeedPage.ALL) {
            page.navigate(container.uri("/feeds/" + feed).toString());
            String command = FeedPage.copied(page, "curl command").replace("eyJ…", token);
            Page own = open(copy(page).replaceAll("topic=/feeds/\\w+", "token=" + token), tabs);
            Pattern shown = Pattern.compile(feed.equals("websocket") ? "\"type\":\"event\"" : "[^…\\s]");
            Eventually.holds("the page for " + feed + " shows it", () -> {
                FeedCallsIT.run("bash", command);
                return shown.matcher(FeedPage.shown(own, feed).innerText()).find();
            });
            // Otherwise it would hear the commands of the other feeds, which are not what it reads.
            own.navigate("about:blank");
        }
    }

    /** What the page has one do: the HTML, and below it the script as a module. */
    private static String copy(Page page) {
        return FeedPage.copied(page, "HTML") + "<script type=\"module\">\n" + FeedPage.copied(page, "script")
                + "</script>\n";
    }

    private Page open(String html, Tabs tabs) throws IOException {
        URI file = Files.writeString(files.resolve("feed.html"), html).toUri();
        Tab tab = tabs.open(file);
        tab.mayComplain("another host|ERR_INCOMPLETE_CHUNKED_ENCODING");
        return tab.page();
    }
}
