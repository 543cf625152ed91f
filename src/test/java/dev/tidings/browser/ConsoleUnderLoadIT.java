package dev.tidings.browser;

import static dev.tidings.browser.Console.assertThat;

import com.microsoft.playwright.Page;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Rounds;
import dev.tidings.testing.Tokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A console that follows 1,000 events a second, for 20 s or with {@code -Plong} a minute, shows every one and never stands still for a second: it draws a
 * frame at least every 100 ms on a machine that does nothing else, and says how often. On a machine that others use it may
 * stand still longer, by twice what a page beside it had to wait that does nothing.
 *
 * <p>What it does for each event, whatever the machine, {@link BusyConsoleIT} holds.
 */
@Tag("load")
@InBrowser
@EveryContainer(kinds = ContainerKind.JETTY, only = true, settings = "tidings.default.subscribe=*")
class ConsoleUnderLoadIT {

    private static final int SECONDS = Rounds.of(20, 60);
    private static final int BATCHES_A_SECOND = 10;
    private static final int BATCH = Integer.getInteger("test.rate", 1_000) / BATCHES_A_SECOND;

    /** Ten times what a quiet machine needs: no freeze is that short. */
    private static final int FROZEN_MILLIS = 1_000;

    @Test
    void aThousandEventsASecondFreezeNoConsole(Container container, Tabs tabs) throws Exception {
        String topic = "/load/" + container.pid();
        Console console = Console.with(
                        container.uri("/login"), tabs, Tokens.operator().jwt())
                .follow(topic)
                .live();
        Renderer renderer = Renderer.of(console.page());
        renderer.recordFrames();
        // Others may have the processors for a while: then this one stands still, too.
        Renderer still = Renderer.of(tabs.open(container.uri("/login")).page());
        still.recordFrames();
        long layouts = renderer.layouts();
        ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
        try {
            Publisher publisher = Publisher.to(container);
            var published = new AtomicInteger();
            ScheduledFuture<?> publishing = pace.scheduleAtFixedRate(
                    () -> publisher.publishAll(batch(topic, published)),
                    0,
                    TimeUnit.SECONDS.toMillis(1) / BATCHES_A_SECOND,
                    TimeUnit.MILLISECONDS);
            console.page().waitForTimeout((double) TimeUnit.SECONDS.toMillis(SECONDS));
            publishing.cancel(false);
            pace.shutdown();
            Assertions.assertThat(pace.awaitTermination(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            List<Double> gaps = new ArrayList<>(renderer.frameGaps());
            Collections.sort(gaps);
            report(console.page(), renderer, published.get(), gaps, renderer.layouts() - layouts);
            assertThat(console.page().locator("#received")).hasText("%,d".formatted(published.get()));
            double starved = Collections.max(still.frameGaps());
            Assertions.assertThat(gaps.get(gaps.size() - 1))
                    .as("the longest of %d frames, in ms; of a page that does nothing %.0f", gaps.size(), starved)
                    .isLessThan(FROZEN_MILLIS + 2 * starved);
        } finally {
            pace.shutdownNow();
        }
    }

    private static List<Map<String, String>> batch(String topic, AtomicInteger number) {
        var events = new ArrayList<Map<String, String>>();
        for (int i = 0; i < BATCH; i++) {
            events.add(Map.of(
                    "topic",
                    topic,
                    "type",
                    "order.shipped",
                    "msg",
                    "{\"order\":" + number.incrementAndGet() + ",\"status\":\"shipped\",\"parcels\":2}"));
        }
        return events;
    }

    private static void report(Page page, Renderer renderer, int published, List<Double> gaps, long layouts) {
        System.out.printf(
                "%d published, %s shown, %d frames, %d layouts, frame p50 %.0f p99 %.0f max %.0f ms, tasks %.1f s,"
                        + " script %.1f s, style %.1f s, layout %.1f s, %d nodes%n",
                published,
                page.locator("#received").innerText(),
                gaps.size(),
                layouts,
                gaps.get(gaps.size() / 2),
                gaps.get(gaps.size() * 99 / 100),
                gaps.get(gaps.size() - 1),
                renderer.metric("TaskDuration"),
                renderer.metric("ScriptDuration"),
                renderer.metric("RecalcStyleDuration"),
                renderer.metric("LayoutDuration"),
                renderer.nodes());
    }
}
