package dev.tidings.browser;

import static dev.tidings.browser.Console.assertThat;
import static dev.tidings.browser.Console.button;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
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

    /** Copies the HTML, the script, or the curl command, with the page's own button. Returns what the clipboard then has. */
    static String copied(Page page, String what) {
        Locator copy = button(page, "Copy the " + what);
        if (!copy.isVisible()) {
            page.getByRole(
                            AriaRole.TAB,
                            new Page.GetByRoleOptions().setName(what.startsWith("curl") ? "In a shell" : "In the page"))
                    .click();
        }
        copy.click();
        assertThat(page.getByText("The " + what + " is copied.")).isVisible();
        return page.evaluate("() => navigator.clipboard.readText()").toString();
    }

    /** A person whose pages may use the clipboard. */
    static Browser.NewContextOptions mayCopy() {
        return new Browser.NewContextOptions().setPermissions(List.of("clipboard-read", "clipboard-write"));
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
