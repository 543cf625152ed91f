package dev.tidings.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** For how long a disk has been at the same work: others see by it that it hangs. */
class TimedWriterTest {

    private final List<Duration> seen = new ArrayList<>();
    private boolean failing;
    private final TimedWriter writer = new TimedWriter(new GroupWriter() {
        @Override
        public void write(List<Append> group) {
            look();
        }

        @Override
        public void rest() {
            look();
        }
    });

    @Test
    void writingAndRestingAreWorkForAsLongAsTheyLast() {
        long before = System.nanoTime();
        writer.write(List.of());
        writer.rest();
        Duration all = Duration.ofNanos(System.nanoTime() - before);
        assertThat(seen)
                .hasSize(2)
                .allSatisfy(time -> assertThat(time).isPositive().isLessThan(all));
        assertThat(writer.busyFor()).isEqualTo(Duration.ZERO);
    }

    @Test
    void workThatFailedIsOver() {
        failing = true;
        assertThatThrownBy(() -> writer.write(List.of())).hasMessage("as if");
        assertThat(writer.busyFor()).isEqualTo(Duration.ZERO);
        assertThatThrownBy(writer::rest).hasMessage("as if");
        assertThat(writer.busyFor()).isEqualTo(Duration.ZERO);
    }

    private void look() {
        long since = System.nanoTime();
        while (System.nanoTime() == since) {
            Thread.onSpinWait();
        }
        seen.add(writer.busyFor());
        if (failing) {
            throw new IllegalStateException("as if");
        }
    }
}
