package dev.tidings.browser;

import static dev.tidings.browser.Console.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;

/** The page of a shop in {@code src/examples}, as one of its users has it open. */
final class Shop {

    private final Page page;
    private final AtomicInteger tokens = new AtomicInteger();
    private final AtomicInteger prompts = new AtomicInteger();

    private Shop(Tab tab) {
        this.page = tab.page();
        tab.mayComplain("another host|ERR_|status of (401|403|5)|favicon");
        page.onRequest(request -> {
            if (request.url().endsWith("/hub-token")) {
                tokens.incrementAndGet();
            }
        });
        page.onResponse(response -> {
            if (response.headers().containsKey("www-authenticate")) {
                prompts.incrementAndGet();
            }
        });
    }

    /** Opens it, and logs in with the user's name as the password. */
    static Shop logIn(URI address, Tabs tabs, String user) {
        return new Shop(tabs.open(address)).logIn(user);
    }

    /** Logs in where it is asked for. */
    Shop logIn(String user) {
        page.locator("[type=text]").fill(user);
        page.locator("[type=password]").fill(user);
        page.getByRole(AriaRole.BUTTON).click();
        return live();
    }

    /** Ends its session, as the shop does after a while. */
    Shop endSession() {
        page.context().clearCookies();
        return this;
    }

    /** Waits until it is asked to log in, by the page and not by the browser. */
    Shop loggedOut() {
        assertThat(page.locator("[type=password]")).isVisible();
        Assertions.assertThat(prompts).hasValue(0);
        return this;
    }

    /** Sees that no page of another site, and no script, can use its session. */
    void assertOnlyOwnPagesUseTheSession() {
        Assertions.assertThat(page.context().cookies()).singleElement().satisfies(cookie -> {
            Assertions.assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);
            Assertions.assertThat(cookie.httpOnly).isTrue();
        });
        Assertions.assertThat(page.evaluate("async () => (await fetch('orders/1/ship', { method: 'POST' })).status"))
                .isEqualTo(403);
    }

    /** Waits until its stream is open. */
    Shop live() {
        assertThat(page.locator("span[role=status]")).hasText("live");
        return this;
    }

    /** Has an order shipped, and does not wait until it is. */
    Shop ship(int order) {
        pressShip(order);
        assertThat(page.locator("output")).hasText(Pattern.compile("shipp(ing|ed)"));
        return this;
    }

    /** Asks for an order to be shipped, and does not look whether it is. */
    Shop pressShip(int order) {
        page.locator("[type=number]").fill(Integer.toString(order));
        page.getByRole(AriaRole.BUTTON).click();
        return this;
    }

    /** Waits until the last order is shipped. */
    Shop shipped() {
        assertThat(page.locator("output")).hasText("shipped");
        return this;
    }

    /** Waits until it has asked for this many tokens since it was opened. */
    void awaitTokens(int count) {
        page.waitForCondition(() -> tokens.get() >= count);
    }

    /** Sees that its list tells of these orders, in this order, and of no other. */
    void assertTells(Integer... orders) {
        assertThat(page.locator("li"))
                .hasText(Arrays.stream(orders)
                        .map(order -> "Order " + order + " was shipped.")
                        .toArray(String[]::new));
    }
}
