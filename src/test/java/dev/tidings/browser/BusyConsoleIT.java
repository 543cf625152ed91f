package dev.tidings.browser;

import static dev.tidings.browser.Console.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A console that follows more events than anybody reads: what it costs, by the renderer's own counts, and what is seen.
 * Over 300 lines, since each fact needs the same console with its stream in the test's hand.
 */
@InBrowser
@EveryContainer(kinds = ContainerKind.JETTY)
class BusyConsoleIT {

    private static final int SHOWN = 500;

    /** What a full list is beyond that before the oldest go. */
    private static final int GO = 100;

    private static final int BATCH = 500;

    /** Not the figures of nodes: they pass, and a page that is too busy for one is told of a gap. */
    private static final Tokens READER =
            Tokens.grant("reader", List.of("*"), List.of("*", "/clients", "/clients/{id}"));

    /** What a page does beside drawing frames: panels that appear, the state that changes. */
    private static final int OTHER_LAYOUTS = 20;

    /** Holds back frames as a browser does whose tab is hidden, counts what the page's streams bring, and lets a test say more. */
    private static final String HIDEABLE = """
            window.came = 0;
            const fetched = window.fetch.bind(window);
            window.fetch = async (...asked) => {
              const answer = await fetched(...asked);
              if (!answer.headers.get('Content-Type')?.startsWith('text/event-stream')) {
                return answer;
              }
              const utf8 = new TextDecoder();
              let rest = '';
              const counted = new TransformStream({
                start(controller) {
                  window.say = (block) => controller.enqueue(new TextEncoder().encode(block + '\\n\\n'));
                },
                transform(bytes, controller) {
                  const lines = (rest + utf8.decode(bytes, { stream: true })).split('\\n');
                  rest = lines.pop();
                  window.came += lines.filter((line) => line.startsWith('data:') && line.includes('"/busy/')).length;
                  controller.enqueue(bytes);
                },
              });
              return new Response(answer.body.pipeThrough(counted), answer);
            };
            const frame = window.requestAnimationFrame.bind(window);
            const held = [];
            window.isHidden = false;
            window.requestAnimationFrame = (draw) => (window.isHidden ? held.push(draw) : frame(draw));
            window.show = () => {
              window.isHidden = false;
              held.splice(0).forEach((draw) => frame(draw));
            };
            """;

    /** As a storm of reconnecting clients does it; how many rows the table has then, two frames later. */
    private static final String THREE_THOUSAND_CLIENTS_COME = """
            async () => {
              for (let i = 1; i <= 3000; i++) {
                const id = `urn:uuid:${i}`;
                const client = { id, user: `user-${i}`, topics: ['/x'], address: '::1', connectedAt: 0, state: 'live' };
                const event = { id, topics: [`/clients/${id}`], type: 'client.connected', data: JSON.stringify(client) };
                window.say('data: ' + JSON.stringify(event));
                if (i % 500 === 0) {
                  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
                }
              }
              return document.querySelectorAll('#rows tr').length;
            }""";

    private static final String PLACE = "() => document.getElementById('events').scrollTop";
    private static final String TO_THE_TOP = "() => document.getElementById('events').scrollTo(0, 0)";
    private static final String AT_THE_END = """
            () => {
              const { scrollHeight, scrollTop, clientHeight } = document.getElementById('events');
              return scrollTop > 0 && scrollHeight - scrollTop - clientHeight < 2;
            }""";

    private Console console;
    private Page page;
    private Publisher publisher;
    private String topic;
    private int published;

    @BeforeEach
    void open(Container container, Tabs tabs) {
        topic = "/busy/" + System.nanoTime();
        publisher = Publisher.to(container);
        Tab tab = tabs.open(container.uri("/login"));
        tab.page().addInitScript(HIDEABLE);
        tab.page().getByLabel("Token").fill(READER.jwt());
        console = Console.in(tab, "Log in").follow(topic).live();
        page = console.page();
    }

    @Test
    void pageIsLaidOutForFramesAndNotForEvents() {
        Renderer renderer = Renderer.of(page);
        renderer.recordFrames();
        long before = renderer.layouts();
        publish(6_000);
        assertThat(page.locator("#received")).hasText("6,000");
        // One to find the end of the list, and one for what its size makes change.
        Assertions.assertThat(renderer.layouts() - before).isLessThan(2L * renderer.frames() + OTHER_LAYOUTS);
        Assertions.assertThat(renderer.layouts() - before).isLessThan(3_000);
    }

    @Test
    void newestAreShownAndTheListIsBounded() {
        publish(3_000);
        assertThat(console.data().last()).hasText("3000");
        assertBounded();
        page.waitForFunction(AT_THE_END);
    }

    @Test
    void hiddenPageKeepsTheNewestAndCountsWhatItPassedOver() {
        publish(1);
        assertThat(console.data()).hasText(new String[] {"1"});
        page.evaluate("() => { window.isHidden = true; }");
        publish(2_000);
        awaitCame(2_001);
        assertThat(console.data()).hasText(new String[] {"1"});
        page.evaluate("() => window.show()");
        assertThat(console.data().last()).hasText("2001");
        assertThat(console.data()).hasCount(1 + 1 + SHOWN);
        assertThat(console.data().nth(1)).hasText("1,500 events passed over here.");
        assertThat(console.data().nth(2)).hasText("1502");
        assertThat(page.locator("#received")).hasText("2,001");
        assertThat(page.locator("#passed-over")).hasText("1,500 of them passed over");
    }

    @Test
    void listSaysWhereSomeWerePassedOver() {
        publish(60);
        page.waitForFunction(AT_THE_END);
        page.evaluate(TO_THE_TOP);
        publish(1);
        assertThat(page.locator("#newest")).hasText("1 newer");
        page.evaluate("() => { window.isHidden = true; }");
        publish(600);
        awaitCame(661);
        page.evaluate("() => window.show()");
        assertThat(console.data().last()).hasText("661");
        assertThat(console.data()).hasCount(61 + 1 + SHOWN);
        assertThat(console.data().nth(61)).hasText("100 events passed over here.");
        assertThat(console.data().nth(62)).hasText("162");
        assertThat(page.locator("#newest")).hasText("601 newer");
    }

    @Test
    void nothingMovesUnderAReaderWhoScrolledUp() {
        publish(60);
        assertThat(console.data()).hasCount(60);
        page.waitForFunction(AT_THE_END);
        page.evaluate(TO_THE_TOP);
        publish(3_000);
        assertThat(page.locator("#received")).hasText("3,060");
        assertThat(page.locator("#newest")).hasText("3,000 newer");
        awaitFullList();
        Assertions.assertThat(page.evaluate(PLACE)).isEqualTo(0);
        assertThat(console.data().first()).hasText("1");
        Assertions.assertThat(console.data().count()).isBetween(SHOWN, 2 * SHOWN + 1);
        console.button("3,000 newer").click();
        assertThat(console.data().last()).hasText("3060");
        assertBounded();
        page.waitForFunction(AT_THE_END);
        assertThat(page.locator("#newest")).isHidden();
    }

    /** Say that a full outbox refused what the hub tells of itself. */
    @Test
    void whatIsSaidBetweenEventsIsNotCountedAmongThem() {
        publish(60);
        page.waitForFunction(AT_THE_END);
        page.evaluate(TO_THE_TOP);
        publish(1);
        assertThat(page.locator("#newest")).hasText("1 newer");
        page.evaluate("() => window.say('event: gap\\ndata: {\"requested\":\"x\",\"oldest\":null}')");
        assertThat(page.locator("#events .note")).hasCount(1);
        publisher.publish(topic, "needle");
        assertThat(page.locator("#newest")).hasText("2 newer");
        page.getByLabel("Search in data").fill("needle");
        assertThat(page.locator("#fact")).hasText("1 of 62 match");
    }

    @Test
    void readerWhoScrollsBackToTheEndFollowsAgain() {
        publish(60);
        page.waitForFunction(AT_THE_END);
        Locator list = page.locator("#events");
        list.hover();
        Object end = page.evaluate(PLACE);
        page.mouse().wheel(0, -200);
        Eventually.holds("it has scrolled", () -> !end.equals(page.evaluate(PLACE)));
        publish(1);
        assertThat(page.locator("#newest")).hasText("1 newer");
        page.mouse().wheel(0, 2_000);
        assertThat(page.locator("#newest")).isHidden();
        publish(1);
        assertThat(console.data()).hasCount(62);
        page.waitForFunction(AT_THE_END);
    }

    @Test
    void readerMayLeaveTheEndWhileManyCome() {
        publish(SHOWN);
        page.waitForFunction(AT_THE_END);
        page.locator("#events").hover();
        Renderer.of(page).recordFrames();
        for (int i = 0; i < 20 && page.locator("#newest").isHidden(); i++) {
            publish(20);
            // As little as a careful finger moves.
            page.mouse().wheel(0, -5);
        }
        assertThat(page.locator("#newest")).isVisible();
    }

    @Test
    void newSizeIsNoReaderWhoScrolls() {
        publish(60);
        page.waitForFunction(AT_THE_END);
        followsAfter(() -> page.setViewportSize(1280, 400));
        followsAfter(() -> page.setViewportSize(1280, 1200));
        followsAfter(() -> page.setViewportSize(360, 640));
        followsAfter(() -> page.setViewportSize(1280, 720));
        followsAfter(() -> page.locator("#from").selectOption("since="));
        followsAfter(() -> page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }"));
        followsAfter(() -> page.evaluate("() => { document.documentElement.style.fontSize = ''; }"));
        followsAfter(() -> page.evaluate("() => { document.getElementById('events').style.height = '200px'; }"));
    }

    @Test
    void readerWhoScrolledUpIsNotTakenToTheEndByANewSize() {
        publish(60);
        page.waitForFunction(AT_THE_END);
        page.evaluate(TO_THE_TOP);
        publish(1);
        assertThat(page.locator("#newest")).isVisible();
        page.setViewportSize(1280, 1200);
        page.setViewportSize(360, 640);
        publish(1);
        assertThat(console.data()).hasCount(62);
        assertThat(page.locator("#newest")).hasText("2 newer");
        Assertions.assertThat(page.evaluate(PLACE)).isEqualTo(0);
    }

    @Test
    void tableOfClientsIsBoundedAndDrawnForFrames() {
        console.at("Clients");
        assertThat(console.clients()).not().hasCount(0);
        Renderer renderer = Renderer.of(page);
        renderer.recordFrames();
        long before = renderer.layouts();
        Assertions.assertThat((int) page.evaluate(THREE_THOUSAND_CLIENTS_COME)).isLessThanOrEqualTo(50);
        Assertions.assertThat(renderer.layouts() - before).isLessThan(2L * renderer.frames() + OTHER_LAYOUTS);
        // What the hub says counts.
        assertThat(page.locator("#count")).hasText(Pattern.compile("\\d{1,2}"));
    }

    @Test
    void consoleLeftOpenDoesNotGrow() {
        Renderer renderer = Renderer.of(page);
        publish(2_000);
        awaitFullList();
        long nodes = renderer.nodes();
        long listeners = renderer.listeners();
        long heap = renderer.heap();
        publish(10_000);
        assertThat(page.locator("#received")).hasText("12,000");
        awaitFullList();
        assertBounded();
        // Of 10,000 events more, whose rows would be 100,000 nodes.
        Assertions.assertThat(renderer.nodes()).isLessThan(nodes + 1_000);
        Assertions.assertThat(renderer.listeners()).isLessThanOrEqualTo(listeners + 5);
        Assertions.assertThat(renderer.heap()).isLessThan(heap + 1_500_000);
    }

    @Test
    void beginningOfALongTextDoesNotKeepTheWholeInMemory() {
        Renderer renderer = Renderer.of(page);
        long heap = renderer.heap();
        page.evaluate("() => { window.isHidden = true; }");
        // Twice as much as the heap may grow.
        for (int i = 0; i < 20; i++) {
            publisher.publish(topic, "long ".repeat(100_000));
        }
        awaitCame(20);
        Assertions.assertThat(renderer.heap()).isLessThan(heap + 5_000_000);
        page.evaluate("() => window.show()");
        assertThat(console.data()).hasCount(20);
        assertThat(console.open(console.events().first())).containsText("… and 480,000 characters more");
        // What is cut would be another event.
        assertThat(console.button("Beginning")).isVisible();
        assertThat(console.button("curl to publish it")).hasCount(0);
        assertThat(console.button("Publish again")).hasCount(0);
    }

    /** How many have come is shown at once, and their rows over the next frames. */
    private void awaitFullList() {
        page.waitForFunction("shown => document.querySelectorAll('#events li').length >= shown", SHOWN);
    }

    private void assertBounded() {
        Assertions.assertThat(console.data().count()).isBetween(SHOWN, SHOWN + GO);
    }

    private void followsAfter(Runnable change) {
        change.run();
        publish(1);
        assertThat(page.locator("#received")).hasText("%,d".formatted(published));
        page.waitForFunction(AT_THE_END);
        assertThat(page.locator("#newest")).isHidden();
    }

    /** Not by what Playwright waits with, which is frames. */
    private void awaitCame(int events) {
        Eventually.holds("they have come", () -> (int) page.evaluate("() => window.came") >= events);
    }

    /** Publishes events whose data are the numbers that follow. */
    private void publish(int count) {
        var batch = new ArrayList<Map<String, String>>();
        for (int i = 0; i < count; i++) {
            batch.add(Map.of("topic", topic, "msg", Integer.toString(++published)));
            if (batch.size() == BATCH) {
                publisher.publishAll(List.copyOf(batch));
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            publisher.publishAll(batch);
        }
    }
}
