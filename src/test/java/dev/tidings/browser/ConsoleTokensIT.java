package dev.tidings.browser;

import static dev.tidings.browser.Console.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The page of tokens: what one may do, why one is refused, and one that is made with a secret. */
@InBrowser
@EveryContainer(kinds = ContainerKind.JETTY)
class ConsoleTokensIT {

    @Test
    void tokenIsMadeWithASecretThatNeverLeavesThePage(Container container, Tabs tabs) {
        Console alice = alice(container, tabs);
        Page page = alice.page();
        var sent = new ArrayList<String>();
        page.onRequest(request -> sent.add(request.url() + request.headers() + request.postData()));
        page.locator("#make-user").fill("carol");
        page.locator("#make-read input").fill("/orders/{id}");
        page.locator("#make-read input").press("Enter");
        page.locator("#make-secret").fill(Tokens.SECRET);
        alice.button("Make").click();
        assertThat(page.locator("#made-state")).containsText("For carol, until");
        page.locator("#inspected").fill(page.locator("#made .token-text").innerText());
        alice.button("Inspect").click();
        Locator inspection = page.locator("#inspection");
        assertThat(inspection).containsText("carol");
        assertThat(inspection).containsText("/orders/{id}");
        inspection.getByLabel("A topic to try").fill("/orders/7");
        assertThat(inspection).containsText("may read");
        assertThat(inspection).containsText("may not publish");
        Assertions.assertThat(sent).isNotEmpty().noneMatch(request -> request.contains(Tokens.SECRET));
        Assertions.assertThat(page.url()).doesNotContain("eyJ");
    }

    @Test
    void refusedTokenIsShownWithWhatItSaysAndWhyItIsRefused(Container container, Tabs tabs) {
        Console alice = alice(container, tabs);
        alice.tab().mayComplain("status of 401");
        alice.page()
                .locator("#inspected")
                .fill(Tokens.user("billing").expiring(Duration.ofMinutes(-3)).jwt());
        alice.button("Inspect").click();
        assertThat(alice.page().locator("#inspection")).containsText("Refused: the token expired 3 minutes ago");
        assertThat(alice.page().locator("#inspection dd").first()).hasText("billing");
    }

    @Test
    void tokenThatReadsPublicEventsOnlyIsNotPromisedAnInbox(Container container, Tabs tabs) {
        String token = Tokens.grant("dave", List.of(), List.of()).jwt();
        Console dave = Console.with(container.uri("/login"), tabs, token);
        assertThat(dave.page().locator("#nothing")).containsText("Your token reads public events only.");
    }

    @Test
    void tokenSaysWhatItIsBeforeOneLogsIn(Container container, Tabs tabs) {
        Page page = tabs.open(container.uri("/login")).page();
        page.getByLabel("Token").fill(Tokens.operator().claim("sub", "root").jwt());
        assertThat(page.locator("#claims")).containsText("root");
        page.getByLabel("Token").fill("no token");
        assertThat(page.locator("#claims dt")).hasCount(0);
    }

    @Test
    void topicsOfTheHubAreReadByWhoNamesThemAndPublishedByNobody(Container container, Tabs tabs) {
        Console alice = alice(container, tabs);
        List<String> selectors = List.of("*", "/clients/{id}");
        inspect(alice, Tokens.grant("carol", selectors, selectors).jwt());
        assertTried(alice, "/orders/7", "may read", "may publish");
        assertTried(alice, "/hub/nodes", "may not read", "may not publish");
        assertTried(alice, "/clients/7", "may read", "may not publish");
        assertTried(alice, "/.well-known/mercure/subscriptions", "may not read", "may not publish");
        assertTried(alice, "/hubbub", "may read", "may publish");
    }

    @Test
    void selectorOfManyExpressionsDoesNotHangThePage(Container container, Tabs tabs) {
        Console alice = alice(container, tabs);
        List<String> selectors = List.of("/x" + "{+a}".repeat(16) + "y");
        inspect(alice, Tokens.grant("carol", selectors, selectors).jwt());
        assertTried(alice, "/x" + "x".repeat(190), "may not read", "may not publish");
        assertTried(alice, "/x" + "x".repeat(190) + "y", "may read", "may publish");
        alice.page().locator("#inspection").getByLabel("A topic to try").fill("/x".repeat(101));
        assertThat(alice.page().locator("#inspection .hint"))
                .hasText("Too long to try here: more than 200 characters.");
    }

    private static void inspect(Console console, String token) {
        console.page().locator("#inspected").fill(token);
        console.button("Inspect").click();
    }

    private static void assertTried(Console console, String topic, String... verdicts) {
        Locator inspection = console.page().locator("#inspection");
        inspection.getByLabel("A topic to try").fill(topic);
        assertThat(inspection.locator(".badge")).hasText(verdicts);
    }

    private static Console alice(Container container, Tabs tabs) {
        return Console.with(container.uri("/login"), tabs, Tokens.user("alice").jwt())
                .at("Tokens");
    }
}
