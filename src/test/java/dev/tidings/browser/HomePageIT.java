package dev.tidings.browser;

import static dev.tidings.browser.HomePage.assertThat;
import static dev.tidings.browser.HomePage.unique;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The home page of a hub in demo mode, as a newcomer finds it. */
@InBrowser
@EveryContainer(
        kinds = {ContainerKind.TOMCAT_10, ContainerKind.JETTY},
        demo = true)
class HomePageIT {

    private static final String ALICE = "Use alice’s token";
    private static final String BOB = "Use bob’s token";

    @Test
    void eventOneSendsAppearsOnce(Container container, Tabs tabs) {
        String text = unique("hello");
        HomePage home = HomePage.of(container, tabs).connectAs(ALICE).send(text);
        assertThat(home.sent()).hasText("Sent to /users/alice.");
        assertShowsOnly(home, text);
    }

    @Test
    void newestEventIsOnTop(Container container, Tabs tabs) {
        HomePage home = HomePage.of(container, tabs).connectAs(ALICE);
        assertThat(home.send("first").data()).hasCount(1);
        assertThat(home.send("second").data()).hasText(new String[] {"second", "first"});
    }

    @Test
    void markupStaysText(Container container, Tabs tabs) {
        String markup = unique("<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>");
        HomePage home = HomePage.of(container, tabs).connectAs(ALICE).send(markup);
        assertShowsOnly(home, markup);
        assertThat(home.page().locator("#events img, #events script")).hasCount(0);
        Assertions.assertThat(home.page().title()).isEqualTo("Tidings");
    }

    @Test
    void bobDoesNotSeeWhatIsSentToAlice(Container container, Tabs tabs) {
        HomePage alice = HomePage.of(container, tabs).connectAs(ALICE);
        HomePage bob = HomePage.of(container, tabs).connectAs(BOB);
        String hers = unique("for alice");
        assertShowsOnly(alice.send(hers), hers);
        String his = unique("for bob");
        assertShowsOnly(bob.send(his), his);
        assertShowsOnly(alice, hers);
    }

    @Test
    void eventWithATypeAppearsWithIt(Container container, Tabs tabs) {
        String text = unique("paid");
        HomePage home = HomePage.of(container, tabs).connectAs(ALICE);
        home.publish(container, Map.of("msg", text, "type", "invoice.paid"));
        assertShowsOnly(home, text);
        assertThat(home.page().locator("#events li")).containsText("invoice.paid");
    }

    @Test
    void linesAndForeignLettersAppearAsTheyAre(Container container, Tabs tabs) {
        String text = "one\n  two\n第三行 \uD83D\uDE00 " + unique("end");
        HomePage home = HomePage.of(container, tabs).connectAs(ALICE);
        home.publish(container, Map.of("msg", text));
        assertThat(home.data()).hasCount(1);
        Assertions.assertThat(home.data().innerText()).isEqualTo(text);
    }

    @Test
    void refusedTokenIsShownTheReason(Container container, Tabs tabs) {
        HomePage home = HomePage.of(container, tabs);
        home.connectWith(Tokens.user("alice").expiring(Duration.ofMinutes(-5)).jwt());
        assertThat(home.state()).containsText("does not match this hub's key");
        assertThat(home.state()).hasClass(Pattern.compile("\\bbad\\b"));
        home.tab().mayComplain("status of 401");
    }

    @Test
    void goodTokenAfterARefusedOneConnects(Container container, Tabs tabs) {
        HomePage home = HomePage.of(container, tabs);
        home.connectWith("nonsense");
        assertThat(home.state()).hasClass(Pattern.compile("\\bbad\\b"));
        home.connectAs(BOB);
        home.tab().mayComplain("status of 401");
    }

    @Test
    void sendingWithoutATokenAsksForOne(Container container, Tabs tabs) {
        HomePage home = HomePage.of(container, tabs).send("hello");
        assertThat(home.sent()).hasText("Sending takes a token: put one in above.");
        assertThat(home.tokenField()).isFocused();
    }

    @Test
    void curlLinesShowTheChosenTokenAndThisAddress(Container container, Tabs tabs) {
        HomePage home = HomePage.of(container, tabs);
        assertThat(home.curl()).hasText(curl(home, "$TOKEN"));
        home.connectAs(ALICE);
        assertThat(home.curl()).hasText(curl(home, home.tokenField().inputValue()));
    }

    /** What a browser asks when it comes again. */
    @Test
    void whatTheBrowserHasAlreadyIsNotSentAgain(Container container, Tabs tabs) {
        Page page = tabs.open(container.uri("/")).page();
        String styles = container.uri("/assets/tidings.css").toString();
        String changed = page.request().get(styles).headers().get("last-modified");
        var unlessChanged = RequestOptions.create().setHeader("If-Modified-Since", changed);
        Assertions.assertThat(page.request().get(styles, unlessChanged).status())
                .isEqualTo(304);
    }

    @Test
    void everythingIsDoneWithTheKeyboard(Container container, Tabs tabs) {
        HomePage home = HomePage.of(container, tabs);
        home.page().keyboard().press("Tab");
        home.page().keyboard().press("Enter");
        assertThat(home.state()).hasText("Connected. What is sent to you appears below.");
        String text = unique("typed");
        home.field("Message").focus();
        home.page().keyboard().press("ControlOrMeta+A");
        home.page().keyboard().type(text);
        home.page().keyboard().press("Enter");
        assertShowsOnly(home, text);
    }

    private static String curl(HomePage home, String token) {
        return "curl -N \"%1$s/events?token=%2$s\" curl -d msg=hello \"%1$s/msg?token=%2$s\""
                .formatted(home.base(), token);
    }

    private static void assertShowsOnly(HomePage home, String text) {
        assertThat(home.data()).hasText(new String[] {text});
    }
}
