package dev.tidings.browser;

import static dev.tidings.browser.Console.assertThat;
import static dev.tidings.browser.Console.button;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.tidings.container.Streams;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.StreamRecorder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The call of a back end that each feed's page shows, copied out of the page and run as it is. */
@InBrowser
@EveryContainer(
        kinds = ContainerKind.TOMCAT_11,
        contextPath = "/tidings",
        demo = true,
        settings = "tidings.retry=200ms")
class FeedCallsIT {

    private static final String PLACEHOLDER = "eyJ…";

    /** The types of the events, where they are not one event without a type. */
    private static final Map<String, List<String>> TYPES = Map.of(
            "ping", List.of("ping"),
            "progress", List.of("progress"),
            "notification", List.of("notification"),
            "answer", List.of("question", "message", "message", "done"));

    @Test
    void eachPublishesAnEventInEveryShellThatIsHere(Container container, Tabs tabs) throws Exception {
        Page page = tabs.open(container.uri("/login"), FeedPage.mayCopy()).page();
        String token = page.getByLabel("JWT of alice").innerText();
        try (StreamRecorder inbox = Streams.open(container.stream("/events?token=" + token))) {
            for (String feed : FeedPage.ALL) {
                page.navigate(container.uri("/feeds/" + feed) + "#shell");
                String command = FeedPage.copied(page, "curl command");
                Assertions.assertThat(command)
                        .startsWith("TOKEN=" + PLACEHOLDER + "\n")
                        .contains("\"" + container.uri("/msg") + "\"");
                for (String shell : shells()) {
                    Assertions.assertThat(run(shell, command.replace(PLACEHOLDER, token)))
                            .contains("\"topics\":[\"/users/alice\"]");
                    for (String type : TYPES.getOrDefault(feed, List.of("message"))) {
                        Block event = inbox.next();
                        Assertions.assertThat(event.type()).isEqualTo(type);
                        Assertions.assertThat(event.data()).isNotBlank().doesNotContain("\\");
                        if (List.of("greeting", "progress", "notification", "json", "prices", "monitor")
                                .contains(feed)) {
                            Assertions.assertThat(Streams.json(event).isObject())
                                    .isTrue();
                        }
                    }
                }
            }
        }
    }

    @Test
    void buttonWorksWithTheKeyboardAndSaysWhatItCopied(Container container, Tabs tabs) {
        Page page = tabs.open(container.uri("/feeds/json#shell"), FeedPage.mayCopy())
                .page();
        button(page, "Copy the curl command").focus();
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.STATUS).filter(said("The curl command is copied.")))
                .isVisible();
    }

    @Test
    void pageThatMayNotCopySelectsTheCommand(Container container, Tabs tabs) {
        Page page = tabs.open(container.uri("/login")).page();
        page.addInitScript("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
        page.navigate(container.uri("/feeds/clock#shell").toString());
        button(page, "Copy the curl command").click();
        assertThat(page.getByRole(AriaRole.STATUS).filter(said("is selected"))).isVisible();
        Assertions.assertThat(page.evaluate("() => getSelection().toString()").toString())
                .startsWith("TOKEN=" + PLACEHOLDER);
    }

    private static Locator.FilterOptions said(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private static List<String> shells() {
        return Stream.of("bash", "zsh")
                .filter(shell -> Stream.of("/bin/", "/usr/bin/").anyMatch(bin -> Files.exists(Path.of(bin + shell))))
                .toList();
    }

    /** Runs a command and returns what it prints. */
    static String run(String shell, String command) throws IOException, InterruptedException {
        Process run = new ProcessBuilder(shell, "-c", command).start();
        String answer = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String said = new String(run.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        Assertions.assertThat(run.waitFor()).as(said).isZero();
        return answer;
    }
}
