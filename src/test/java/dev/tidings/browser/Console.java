package dev.tidings.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.tidings.testing.Container;
import dev.tidings.testing.Eventually;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The console of somebody who logged in, by what is on it, found as a screen reader finds it: by role and label.
 *
 * <p>What is asked of it is waited for, no longer than {@link Eventually#LIMIT}.
 */
final class Console {

    static final String ALICE = "Log in as alice";
    static final String BOB = "Log in as bob";
    static final String OPERATOR = "Log in as operator";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    static {
        PlaywrightAssertions.setDefaultAssertionTimeout((double) Eventually.LIMIT.toMillis());
    }

    private final Tab tab;

    private Console(Tab tab) {
        this.tab = tab;
    }

    /** Logs in on the page of this hub with a ready-made token, in a new tab. */
    static Console of(Container container, Tabs tabs, String button) {
        return in(tabs.open(container.uri("/login")), button);
    }

    /** Logs in on the login page that this tab has loaded. */
    static Console in(Tab tab, String button) {
        button(tab.page(), button).click();
        return new Console(tab).live();
    }

    /** Logs in at this address with a token. */
    static Console with(URI login, Tabs tabs, String token) {
        return with(tabs.open(login), token);
    }

    /** Logs in with a token on the login page that this tab has loaded. */
    static Console with(Tab tab, String token) {
        tab.page().getByLabel("Token").fill(token);
        button(tab.page(), "Log in").click();
        return new Console(tab).live();
    }

    /** A text that no other test has. */
    static String unique(String text) {
        return text + " " + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
    }

    static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    static LocatorAssertions assertThat(Locator locator) {
        return PlaywrightAssertions.assertThat(locator);
    }

    /** Waits until its stream is open. */
    Console live() {
        assertThat(state()).hasText("Live");
        return this;
    }

    /** Has the stream follow these selectors instead of the inbox. */
    Console follow(String selectors) {
        page().getByLabel("Topic selectors").fill(selectors);
        button("Follow").click();
        return live();
    }

    /** Chooses to whom the form publishes: a user, a topic, or everyone. */
    Console to(String whom) {
        page().getByLabel(whom, new Page.GetByLabelOptions().setExact(true)).check();
        return this;
    }

    /** Names the user or topic. */
    Console target(String text) {
        page().locator("#target").fill(text);
        return this;
    }

    Console withType(String type) {
        if (!page().locator("#type").isVisible()) {
            page().getByText("Type, id, private").click();
        }
        page().locator("#type").fill(type);
        return this;
    }

    /** Types the data and clicks Send; waits for the answer. */
    Console send(String data) {
        page().getByLabel("Data", new Page.GetByLabelOptions().setExact(true)).fill(data);
        button("Send").click();
        assertThat(sent()).not().isEmpty();
        return this;
    }

    Locator button(String name) {
        return button(page(), name);
    }

    /** Where it says how the stream is. */
    Locator state() {
        return page().locator("#state");
    }

    /** Where it says what became of what was sent. */
    Locator sent() {
        return page().locator("#sent");
    }

    /** The events that are shown, the newest last. */
    Locator events() {
        return page().getByRole(AriaRole.LOG).getByRole(AriaRole.LISTITEM);
    }

    /** Their data. */
    Locator data() {
        return events().locator(".data");
    }

    /** The clients that are listed. */
    Locator clients() {
        return page().locator("#rows tr");
    }

    Tab tab() {
        return tab;
    }

    Page page() {
        return tab.page();
    }
}
