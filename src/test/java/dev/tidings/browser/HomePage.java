package dev.tidings.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import dev.tidings.testing.Container;
import dev.tidings.testing.Eventually;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;

/**
 * The home page by what is on it, found as a screen reader finds it: by role and label.
 *
 * <p>What is asked of it is waited for, no longer than {@link Eventually#LIMIT}.
 */
final class HomePage {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Tab tab;
    private final URI address;

    private HomePage(Tab tab, URI address) {
        this.tab = tab;
        this.address = address;
        PlaywrightAssertions.setDefaultAssertionTimeout((double) Eventually.LIMIT.toMillis());
    }

    /** Opens that of this hub in a new tab. */
    static HomePage of(Container container, Tabs tabs) {
        return at(container.uri("/"), tabs);
    }

    /** Opens the one at this address in a new tab. */
    static HomePage at(URI address, Tabs tabs) {
        return in(tabs.open(address), address);
    }

    /** The one that this tab has loaded from this address. */
    static HomePage in(Tab tab, URI address) {
        return new HomePage(tab, address);
    }

    /** A text that no other test has. */
    static String unique(String text) {
        return text + " " + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
    }

    Tab tab() {
        return tab;
    }

    /** Clicks the button that takes this demo user's token, and waits for the stream. */
    HomePage connectAs(String button) {
        page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button))
                .click();
        assertThat(state()).hasText("Connected. What is sent to you appears below.");
        return this;
    }

    /** Types a token and clicks Connect. */
    void connectWith(String token) {
        tokenField().fill(token);
        page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Connect"))
                .click();
    }

    /** Types this into the form and clicks Send. */
    HomePage send(String text) {
        field("Message").fill(text);
        page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send"))
                .click();
        return this;
    }

    /** Publishes as a back end would, with the token in the field. */
    void publish(Container container, Map<String, String> fields) {
        var form = FormData.create();
        fields.forEach(form::set);
        var request = RequestOptions.create()
                .setHeader("Authorization", "Bearer " + tokenField().inputValue())
                .setForm(form);
        var response = page().request().post(container.uri("/msg").toString(), request);
        Assertions.assertThat(response.status()).isEqualTo(201);
    }

    Locator tokenField() {
        return field("Token");
    }

    /** What is typed into, by its label. */
    Locator field(String label) {
        return page().getByRole(
                        AriaRole.TEXTBOX,
                        new Page.GetByRoleOptions().setName(label).setExact(true));
    }

    /** Where it says how the stream is. */
    Locator state() {
        return page().locator("#state");
    }

    /** Where it says what became of what was sent. */
    Locator sent() {
        return page().locator("#sent");
    }

    /** The data of the events that are shown, the newest first. */
    Locator data() {
        return page().getByRole(AriaRole.LOG).locator(".data");
    }

    /** The two lines to paste into a shell. */
    Locator curl() {
        return page().locator("pre");
    }

    /** The address without its last slash. */
    String base() {
        String text = address.toString();
        return text.substring(0, text.length() - 1);
    }

    Page page() {
        return tab.page();
    }

    static LocatorAssertions assertThat(Locator locator) {
        return PlaywrightAssertions.assertThat(locator);
    }
}
