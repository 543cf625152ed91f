package dev.tidings.soak;

import dev.tidings.container.LeftBehind;
import dev.tidings.testing.Container;
import dev.tidings.testing.Jvm;
import dev.tidings.testing.LiveObjects;
import dev.tidings.testing.Scrape;

/**
 * What a node takes just now.
 *
 * @param heap bytes of the heap after a full collection
 * @param classLoaders web applications in memory
 * @param streams streams that the hub has in memory
 * @param open streams that the hub counts as open
 */
record NodeFigures(
        long heap,
        int descriptors,
        int threads,
        long classes,
        long classLoaders,
        long streams,
        long open,
        long published,
        long delivered,
        long replayed,
        long gaps) {

    private static final long MEBIBYTE = 1 << 20;

    /** Collects its heap, and looks. */
    static NodeFigures of(Container node) {
        Jvm jvm = Jvm.of(node);
        LiveObjects live = jvm.liveObjects();
        Scrape metrics = Scrape.of(node.uri());
        return new NodeFigures(
                live.bytes(),
                jvm.descriptors(),
                jvm.threadCount(),
                jvm.classes(),
                LeftBehind.classLoaders(node.kind(), live),
                live.count("dev.tidings.http.stream.EventStream"),
                metrics.sum("tidings_streams"),
                metrics.sum("tidings_events_published_total"),
                metrics.sum("tidings_events_delivered_total"),
                metrics.sum("tidings_events_replayed_total"),
                metrics.sum("tidings_gaps_total"));
    }

    @Override
    public String toString() {
        return String.format(
                "heap %.1f MiB, %d descriptors, %d threads, %d classes, %d class loader(s), %d streams (%d open),"
                        + " since its deployment: %d published, %d delivered, %d replayed, %d gaps",
                (double) heap / MEBIBYTE,
                descriptors,
                threads,
                classes,
                classLoaders,
                streams,
                open,
                published,
                delivered,
                replayed,
                gaps);
    }
}
