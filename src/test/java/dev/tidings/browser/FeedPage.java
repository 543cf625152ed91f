package dev.tidings.browser;

import static dev.tidings.browser.Console.assertThat;
import static dev.tidings.browser.Console.button;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.regex.Pattern;

/** The pages of the feeds, by what is on them. */
final class FeedPage {

    /** The last part of each one's address. */
    static final List<String> ALL = List.of(
            "clock",
            "greeting",
            "ping",
            "progress",
            "hello",
            "notification",
            "json",
            "log",
            "answer",
            "prices",
            "monitor",
            "online",
            "websocket");

    private static final Pattern SOMETHING = Pattern.compile("[^…\\s]");

    private FeedPage() {}

    /** Waits until this feed's page shows what its feed publishes. */
    static void awaitSomething(Page page, String feed) {
        if (feed.equals("hello")) {
            // Until its stream is open nobody hears it.
            Locator said = page.locator("#said li");
            while (said.count() == 0) {
                button(page, "Say hello").click();
                page.waitForTimeout(50);
            }
        }
        assertThat(shown(page, feed)).containsText(SOMETHING);
    }

    /** Where it shows that. */
    static Locator shown(Page page, String feed) {
        return page.locator(
                switch (feed) {
                    case "greeting", "progress" -> "#message";
                    case "ping" -> "#cuttable";
                    case "hello" -> "#said";
                    case "notification" -> "#news";
                    case "json" -> "#document";
                    case "monitor" -> "#streams-now";
                    default -> "#" + feed;
                });
    }
}
