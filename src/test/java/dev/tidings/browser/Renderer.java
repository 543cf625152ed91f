package dev.tidings.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.List;

/**
 * What Chromium's renderer did for a page, by its own counts: layouts, nodes, listeners, heap, frames.
 *
 * <p>Counts are the same on a loaded machine as on a quiet one, and durations, which are the processor's time, nearly.
 *
 * <p><b>Threads.</b> The test's only.
 */
final class Renderer {

    private static final String RECORD_FRAMES = """
            () => {
              window.frameTimes = [];
              const record = (time) => {
                window.frameTimes.push(time);
                requestAnimationFrame(record);
              };
              requestAnimationFrame(record);
            }""";
    private static final String GAPS = "() => window.frameTimes.slice(1).map((time, i) => time - window.frameTimes[i])";

    private final Page page;
    private final CDPSession protocol;

    private Renderer(Page page, CDPSession protocol) {
        this.page = page;
        this.protocol = protocol;
    }

    static Renderer of(Page page) {
        CDPSession protocol = page.context().newCDPSession(page);
        var processorTime = new JsonObject();
        processorTime.addProperty("timeDomain", "threadTicks");
        protocol.send("Performance.enable", processorTime);
        return new Renderer(page, protocol);
    }

    /** One of the metrics that the protocol's domain Performance has, such as {@code LayoutCount}. */
    double metric(String name) {
        for (var metric : protocol.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            JsonObject each = metric.getAsJsonObject();
            if (each.get("name").getAsString().equals(name)) {
                return each.get("value").getAsDouble();
            }
        }
        throw new AssertionError("Chromium has no metric " + name);
    }

    /** Layouts since the page was loaded. */
    long layouts() {
        return (long) metric("LayoutCount");
    }

    /** Nodes of the document, and those that are in no document and yet held. */
    long nodes() {
        collectGarbage();
        return (long) metric("Nodes");
    }

    /** Listeners of events that are held. */
    long listeners() {
        collectGarbage();
        return (long) metric("JSEventListeners");
    }

    /** The bytes of the scripts' heap that are in use. */
    long heap() {
        collectGarbage();
        return (long) metric("JSHeapUsedSize");
    }

    private void collectGarbage() {
        protocol.send("HeapProfiler.collectGarbage");
    }

    /** Notes the time of every frame from now on. */
    void recordFrames() {
        page.evaluate(RECORD_FRAMES);
    }

    /** How many frames there were since. */
    int frames() {
        return ((Number) page.evaluate("() => window.frameTimes.length")).intValue();
    }

    /** How far apart they were, in milliseconds. */
    List<Double> frameGaps() {
        return ((List<?>) page.evaluate(GAPS))
                .stream().map(gap -> ((Number) gap).doubleValue()).toList();
    }
}
