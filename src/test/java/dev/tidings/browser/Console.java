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
import java.util.regex.Pattern;

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

    /** Goes to one of its pages, by the rail. */
    Console at(String name) {
        Locator link = page().getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Console"))
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(Pattern.compile("^" + name)));
        if (!"page".equals(link.getAttribute("aria-current"))) {
            link.click();
        }
        assertThat(page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText(name);
        return this;
    }

    /** Has the stream follow these selectors instead of the inbox. */
    Console follow(String... selectors) {
        at("Events");
        Locator chips = page().locator("#topics");
        takeAway(chips);
        for (String selector : selectors) {
            chips.getByRole(AriaRole.TEXTBOX).fill(selector);
            chips.getByRole(AriaRole.TEXTBOX).press("Enter");
        }
        return this;
    }

    private static void takeAway(Locator chips) {
        while (chips.getByRole(AriaRole.BUTTON).count() > 0) {
            chips.getByRole(AriaRole.BUTTON).first().click();
        }
    }

    /** Chooses to whom the form publishes: a user, a topic, or everybody. */
    Console to(String whom) {
        at("Publish");
        page().getByLabel(whom, new Page.GetByLabelOptions().setExact(true)).check();
        return this;
    }

    /** Names the user or topic, instead of those before. */
    Console target(String text) {
        at("Publish");
        takeAway(page().locator("#targets"));
        page().locator("#target").fill(text);
        return this;
    }

    Console withType(String type) {
        at("Publish");
        page().locator("#type").fill(type);
        return this;
    }

    /** Types the data and clicks Publish; waits for the answer, and goes to the events. */
    Console send(String data) {
        at("Publish");
        page().getByLabel("Data", new Page.GetByLabelOptions().setExact(true)).fill(data);
        button("Publish").click();
        assertThat(button("Publish")).isEnabled();
        assertThat(sent()).not().isEmpty();
        return at("Events");
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
        return page().locator("#events li:not([hidden])");
    }

    /** Their data. */
    Locator data() {
        return events().locator(".data");
    }

    /** Opens an event, or closes it. */
    Locator open(Locator event) {
        event.locator(".line").click();
        return event.locator(".opened");
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
