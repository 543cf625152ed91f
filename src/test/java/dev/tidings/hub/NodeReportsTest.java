package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Eventually;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class NodeReportsTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong nanoTime = new AtomicLong();
    private final NodeReports reports = new NodeReports("here", nanoTime::get);

    @Test
    void nodesAreListedByNameWithThisOneAmongThem() {
        reports.tell(report("here", 0));
        reports.hear(report("zebra", 0), Duration.ZERO);
        reports.hear(report("ant", 0), Duration.ZERO);
        assertThat(reports.all()).extracting(Node::name).containsExactly("ant", "here", "zebra");
        assertThat(reports.all()).extracting(Node::here).containsExactly(false, true, false);
    }

    @Test
    void figuresAreThoseOfTheLastQuarterOfAnHour() {
        for (int n = 0; n <= NodeReports.MOST; n++) {
            reports.tell(report("here", n));
        }
        List<String> figures = reports.all().get(0).figures();
        assertThat(figures).hasSize(180).startsWith("{\"n\":1}").endsWith("{\"n\":180}");
    }

    @Test
    void ofTooManyNodesThoseThatWereSilentForLongestAreForgotten() {
        reports.tell(report("here", 0));
        for (int n = 0; n < NodeReports.MOST_NODES; n++) {
            pass(Duration.ofMillis(1));
            reports.hear(report("node " + n, 0), Duration.ZERO);
        }
        assertThat(reports.all())
                .hasSize(NodeReports.MOST_NODES)
                .extracting(Node::name)
                .contains("here", "node 1", "node 199")
                .doesNotContain("node 0");
    }

    @Test
    void figuresOfBeforeAreLeftOutEvenIfFewHaveComeSince() {
        reports.tell(report("here", 1));
        reports.hear(report("here", 0), Duration.ofMinutes(14));
        pass(Duration.ofMinutes(2));
        reports.hear(report("here", -1), Duration.ofMinutes(15));
        reports.tell(report("here", 2));
        assertThat(other().figures()).containsExactly("{\"n\":1}", "{\"n\":2}");
        pass(Duration.ofMinutes(14));
        assertThat(other().figures()).containsExactly("{\"n\":2}");
    }

    /** By the clocks of nodes the newest would be the oldest, and would go first. */
    @Test
    void clockThatWasSetBackKeepsNoFiguresAway() {
        for (int n = 1_000; n < 1_000 + NodeReports.MOST; n++) {
            reports.tell(report("here", n));
            pass(NodeReports.PERIOD);
        }
        reports.tell(report("here", 1));
        assertThat(other().figures())
                .hasSize(NodeReports.MOST)
                .startsWith("{\"n\":1001}")
                .endsWith("{\"n\":1}");
    }

    @Test
    void nodesThatAreGoneTakeNoMemoryThoughNobodyAsks() {
        WeakReference<String> figures = hearOfANode();
        pass(Duration.ofMinutes(16));
        reports.tell(report("here", 0));
        Eventually.holds("its figures are let go", () -> {
            System.gc();
            return figures.get() == null;
        });
    }

    private WeakReference<String> hearOfANode() {
        String figures = String.join("", "{\"n\":", "1}");
        reports.hear(new NodeReport("gone", NodeState.READY, BEGIN, null, BEGIN, figures), Duration.ZERO);
        return new WeakReference<>(figures);
    }

    @Test
    void nodeThatSaysNothingForThreePeriodsIsAway() {
        reports.hear(report("other", 7), Duration.ZERO);
        pass(Duration.ofSeconds(15));
        assertThat(other().state()).isEqualTo(NodeState.READY);
        pass(Duration.ofSeconds(1));
        assertThat(other().state()).isEqualTo(NodeState.AWAY);
        assertThat(other().since()).isEqualTo(BEGIN.plusSeconds(35));
        assertThat(other().fault()).isEqualTo("it was not heard of for 16 s");
        assertThat(other().figures()).containsExactly("{\"n\":7}");
        reports.hear(report("other", 8), Duration.ZERO);
        assertThat(other().state()).isEqualTo(NodeState.READY);
    }

    @Test
    void whatItSaidLongAgoDoesNotMakeItReady() {
        reports.hear(report("other", 0), Duration.ofMinutes(1));
        assertThat(other().state()).isEqualTo(NodeState.AWAY);
    }

    @Test
    void thisNodeIsNeverAwayFromItself() {
        reports.tell(report("here", 0));
        pass(Duration.ofHours(1));
        assertThat(other().state()).isEqualTo(NodeState.READY);
    }

    @Test
    void nodeThatWasNotHeardOfForAQuarterOfAnHourIsForgotten() {
        reports.hear(report("other", 0), Duration.ofMinutes(5));
        pass(Duration.ofMinutes(10));
        assertThat(reports.all()).hasSize(1);
        pass(Duration.ofMillis(1));
        assertThat(reports.all()).isEmpty();
        reports.hear(report("old", 0), Duration.ofMinutes(15));
        assertThat(reports.all()).isEmpty();
    }

    @Test
    void nodeThatWasStoppedSaysSoAtOnce() {
        NodeReport last = report("other", 1);
        reports.hear(last, Duration.ZERO);
        reports.hear(last.stopped(BEGIN.plusSeconds(9)), Duration.ZERO);
        assertThat(other().state()).isEqualTo(NodeState.AWAY);
        assertThat(other().fault()).isEqualTo("it was stopped");
        assertThat(other().since()).isEqualTo(BEGIN.plusSeconds(9));
    }

    /** It was started again under its name. */
    @Test
    void whatThisNodeSaidBeforeItWasStartedIsAmongItsFigures() {
        reports.tell(report("here", 2));
        reports.hear(report("here", 1), Duration.ofMinutes(1));
        reports.hear(report("here", 1).stopped(BEGIN.plusSeconds(6)), Duration.ofMinutes(1));
        assertThat(other().figures()).containsExactly("{\"n\":1}", "{\"n\":2}");
        assertThat(other().state()).isEqualTo(NodeState.READY);
    }

    @Test
    void nodeThatHasNotSaidAnythingYetIsNotListed() {
        reports.hear(report("here", 1), Duration.ofMinutes(1));
        assertThat(reports.all()).isEmpty();
    }

    @Test
    void whatIsHeardAgainCountsOnce() {
        reports.hear(report("other", 1), Duration.ZERO);
        reports.hear(report("other", 2), Duration.ZERO);
        reports.hear(report("other", 1), Duration.ofSeconds(5));
        reports.hear(report("other", 2), Duration.ZERO);
        assertThat(other().figures()).containsExactly("{\"n\":1}", "{\"n\":2}");
    }

    /** The only one. */
    private Node other() {
        assertThat(reports.all()).hasSize(1);
        return reports.all().get(0);
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    /** The n-th report of a node that has been ready from the beginning. */
    private static NodeReport report(String node, int n) {
        return new NodeReport(node, NodeState.READY, BEGIN, null, BEGIN.plusSeconds(5L * n), "{\"n\":" + n + "}");
    }
}
