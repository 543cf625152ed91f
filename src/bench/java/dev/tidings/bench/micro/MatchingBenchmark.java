package dev.tidings.bench.micro;

import dev.tidings.event.selector.SelectorSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Whether a set of selectors matches a topic: the last of them does, or none. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MatchingBenchmark {

    /** How a selector looks, given its number. */
    public enum Form {
        /** Found by hash. */
        EXACT("/rooms/%d/doors/front"),
        /** Tried one after the other, most of them no further than what they begin with. */
        TEMPLATE("/rooms/%d/{thing}/{name}"),
        /** Likewise, but all begin with the same. */
        INNER_TEMPLATE("/rooms/{building}/%d/{name}");

        final String text;

        Form(String text) {
            this.text = text;
        }
    }

    @Param
    Form form = Form.EXACT;

    @Param({"1", "20", "1000"})
    int selectors;

    private SelectorSet set = SelectorSet.of(List.of());
    private String topic = "";

    /** Makes the set, and the topic that its last selector matches. */
    @Setup
    public void parse() {
        var texts = new ArrayList<String>();
        for (int i = 1; i <= selectors; i++) {
            texts.add(form.text.formatted(i));
        }
        set = SelectorSet.parse(texts);
        topic = "/rooms/" + (form == Form.INNER_TEMPLATE ? "west/" + selectors : selectors + "/doors") + "/front";
    }

    /** A topic that one matches. */
    @Benchmark
    public boolean hit() {
        return set.matches(topic);
    }

    /** A topic that none matches. */
    @Benchmark
    public boolean miss() {
        return set.matches("/rooms/none/none/front");
    }
}
