package dev.tidings.browser;

import static dev.tidings.browser.Console.assertThat;

import com.microsoft.playwright.APIRequestContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.RequestOptions;
import dev.tidings.container.Clients;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.CuttableProxy;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What the console says when its token or its hub is gone: one thing, with a way to log in again where that helps. */
@InBrowser
@EveryContainer(
        kinds = ContainerKind.JETTY,
        settings = {"tidings.retry=200ms", "tidings.anonymous=true"})
class TokenEndIT {

    private static final String USER = "token-end-" + ProcessHandle.current().pid();
    private static final Tokens TOKEN = Tokens.operator().claim("sub", USER);
    private static final Pattern EVENTS = Pattern.compile("/events\\?");
    private static final String CONNECTING = "Connecting";

    @Test
    void tokenThatExpiredIsSaidOnce(Container container, Tabs tabs) {
        String token = TOKEN.expiring(Duration.ofSeconds(8)).jwt();
        Console console = Console.with(container.uri("/login"), tabs, token);
        console.tab().mayComplain("status of 401");
        assertThat(notice(console))
                .hasText(Pattern.compile("Your token ends at .*, and this stream with it\\. Log in again"));
        assertThat(notice(console)).hasText(Pattern.compile("Your token ended at [^.]*\\. Log in again"));
        assertSaysNothingElse(console);
        console.at("Publish").button("Publish").click();
        assertThat(console.button("Publish")).isEnabled();
        assertThat(console.sent()).hasText("");
        notice(console).getByRole(AriaRole.LINK).click();
        console.page().waitForURL(container.uri("/login").toString());
    }

    /** The hub serves public events to everybody, so the stream comes back; and yet it is not the one that was read. */
    @Test
    void whoseCookieIsGoneIsLoggedOut(Container container, Tabs tabs) {
        try (CuttableProxy proxy = CuttableProxy.to(container.uri())) {
            Console console =
                    Console.with(proxy.uri("/login"), tabs, TOKEN.jwt()).at("Clients");
            console.tab().mayComplain("net::ERR_|status of 401");
            proxy.down();
            assertThat(console.state()).hasText(CONNECTING);
            assertThat(console.page().locator("#clients-state")).hasText("The hub cannot be reached.");
            console.page().context().clearCookies();
            proxy.up();
            assertThat(notice(console)).hasText("You are logged out. Log in again");
            assertSaysNothingElse(console);
        }
    }

    @Test
    void tokenThatTheHubRefusesNowIsExplained(Container container, Tabs tabs) {
        Console console = Console.with(container.uri("/login"), tabs, TOKEN.jwt());
        console.tab().mayComplain("status of 40[14]");
        logIn(container, console.page(), TOKEN.signedWith(Tokens.hmac256("x".repeat(64))));
        endStream(container, console);
        assertThat(notice(console))
                .hasText("Your token is not good any more: the token's signature does not match this hub's key."
                        + " Sign it with that key; a hub in demo mode makes a new one at each start. Log in again");
        assertSaysNothingElse(console);
    }

    @Test
    void whoLoggedInAsSomebodyElseOnAnotherPageIsToldSo(Container container, Tabs tabs) {
        Console console = Console.with(container.uri("/login"), tabs, TOKEN.jwt());
        // The list of clients may ask before the stream does, and alice may not see it.
        console.tab().mayComplain("status of 403");
        logIn(container, console.page(), Tokens.user("alice"));
        endStream(container, console);
        assertThat(notice(console)).hasText("Another page has logged in as alice. Log in again");
        assertSaysNothingElse(console);
        console.at("Events").button("Show the last 50").click();
        assertSaysNothingElse(console);
        Assertions.assertThat(Clients.of(container, "alice")).isEmpty();
    }

    @Test
    void tabIsToldAtOnceThatAnotherHasLoggedInAndPublishesNothing(Container container, Tabs tabs) {
        Console console =
                Console.with(container.uri("/login"), tabs, TOKEN.jwt()).at("Publish");
        console.tab().mayComplain("status of 403");
        List<String> published = new ArrayList<>();
        console.page().context().onRequest(request -> {
            if (request.url().endsWith("/msg")) {
                published.add(request.url());
            }
        });
        logIn(container, console.page(), Tokens.user("alice"));
        console.page().context().newPage().navigate(container.uri("/").toString());
        assertThat(notice(console)).hasText("Another page has logged in as alice. Log in again");
        assertThat(console.state()).hasText("Ended");
        console.page()
                .getByLabel("Data", new Page.GetByLabelOptions().setExact(true))
                .fill("as somebody else");
        console.button("Publish").click();
        assertThat(console.button("Publish")).isEnabled();
        assertThat(console.sent()).hasText("");
        Assertions.assertThat(published).isEmpty();
    }

    /** Though no other tab has told it. */
    @Test
    void nothingIsPublishedAsWhoHasLoggedInMeanwhile(Container container, Tabs tabs) {
        Tab tab = tabs.open(container.uri("/login"));
        tab.page().addInitScript("delete globalThis.BroadcastChannel");
        tab.page().navigate(container.uri("/login").toString());
        tab.mayComplain("status of 403");
        Console console = Console.with(tab, TOKEN.jwt()).at("Publish");
        List<String> published = new ArrayList<>();
        console.page().onRequest(request -> {
            if (request.url().endsWith("/msg")) {
                published.add(request.url());
            }
        });
        logIn(container, console.page(), Tokens.user("alice"));
        console.page()
                .getByLabel("Data", new Page.GetByLabelOptions().setExact(true))
                .fill("as somebody else");
        console.button("Publish").click();
        assertThat(notice(console)).hasText("Another page has logged in as alice. Log in again");
        assertThat(console.button("Publish")).isEnabled();
        Assertions.assertThat(published).isEmpty();
    }

    @Test
    void whoRenewedTheTokenOnAnotherPageGoesOn(Container container, Tabs tabs) {
        String first = TOKEN.expiring(Duration.ofSeconds(8)).jwt();
        Console console = Console.with(container.uri("/login"), tabs, first);
        assertThat(notice(console)).containsText("Your token ends at");
        logIn(container, console.page(), TOKEN);
        assertThat(console.page().locator("#reconnects")).hasText("1");
        console.live();
        assertThat(notice(console)).isHidden();
    }

    /** A proxy in front of a hub that starts anew, or a container that deploys it, answers what ends an EventSource. */
    @Test
    void consoleComesBackWithWhatItMissedFromAHubThatIsStarted(Container container, Tabs tabs) {
        String topic = "/restart/" + System.nanoTime();
        Console console = Console.with(container.uri("/login"), tabs, TOKEN.jwt())
                .follow(topic)
                .live();
        console.tab().mayComplain("status of (503|404)|MIME type|Failed to fetch");
        Publisher publisher = Publisher.to(container);
        publisher.publish(topic, "1");
        assertThat(console.data()).hasText(new String[] {"1"});
        var answered = new ArrayList<Integer>();
        console.page().route(EVENTS, route -> {
            // The stream of the page, and its question why.
            answered.add(answered.size() < 2 ? 503 : 404);
            route.fulfill(new Route.FulfillOptions()
                    .setStatus(answered.get(answered.size() - 1))
                    .setContentType("text/html")
                    .setBody("<h1>away</h1>"));
        });
        endStream(container, console);
        publisher.publish(topic, "2");
        console.page().waitForCondition(() -> answered.size() > 2);
        assertThat(console.state()).hasText(CONNECTING);
        assertThat(notice(console)).isHidden();
        console.page().unroute(EVENTS);
        console.live();
        publisher.publish(topic, "3");
        assertThat(console.data()).hasText(new String[] {"1", "2", "3"});
    }

    @Test
    void whoSendsAfterLoggingOutElsewhereIsToldOnce(Container container, Tabs tabs) {
        Console console = Console.with(container.uri("/login"), tabs, TOKEN.jwt());
        console.tab().mayComplain("status of 401");
        console.page().context().clearCookies();
        console.at("Publish").button("Publish").click();
        assertThat(notice(console)).hasText("You are logged out. Log in again");
        assertThat(console.sent()).hasText("");
        assertSaysNothingElse(console);
    }

    private static Locator notice(Console console) {
        return console.page().locator("main > .notice[role=status]");
    }

    private static void assertSaysNothingElse(Console console) {
        assertThat(console.state()).hasText("Ended");
        assertThat(console.page().locator("#account")).hasText("Log in");
        assertThat(console.page().locator("#clients-state")).hasText("");
        assertThat(console.page().locator("#outside")).isHidden();
        assertThat(console.events()).hasCount(0);
    }

    private static void logIn(Container container, Page page, Tokens token) {
        page.context().clearCookies();
        page.context()
                .addCookies(List.of(new Cookie("mercureAuthorization", token.jwt())
                        .setUrl(container.uri("/").toString())));
    }

    /** As an operator does: the browser reconnects. */
    private static void endStream(Container container, Console console) {
        RequestOptions operator = RequestOptions.create()
                .setHeader("Authorization", Tokens.operator().bearer());
        APIRequestContext requests = console.page().request();
        String list = container.uri("/clients?user=" + USER).toString();
        // The stream before, of which the hub may not know yet that it has ended, is one of them.
        List<String> ids = Pattern.compile("\"id\":\"([^\"]+)\"")
                .matcher(requests.get(list, operator).text())
                .results()
                .map(found -> found.group(1))
                .toList();
        Assertions.assertThat(ids).isNotEmpty();
        ids.forEach(id -> requests.delete(container.uri("/clients/" + id).toString(), operator));
    }
}
