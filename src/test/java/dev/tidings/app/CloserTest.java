package dev.tidings.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloserTest {

    private final List<String> closed = new ArrayList<>();
    private final Closer closer = new Closer();

    @Test
    void whatWasStartedLastIsClosedFirst() {
        add("log");
        add("feeds");

        closer.close();

        assertThat(closed).containsExactly("feeds", "log");
    }

    @Test
    void partThatFailsKeepsNoOtherFromBeingClosed() {
        add("log");
        closer.add(() -> {
            throw new IllegalStateException("streams");
        });
        closer.add(() -> {
            throw new OutOfMemoryError("feeds");
        });

        assertThatExceptionOfType(OutOfMemoryError.class)
                .isThrownBy(closer::close)
                .withMessage("feeds")
                .satisfies(failure ->
                        assertThat(failure.getSuppressed()).singleElement().isInstanceOf(IllegalStateException.class));
        assertThat(closed).containsExactly("log");
    }

    @Test
    void nothingIsClosedTwice() {
        add("log");
        closer.close();

        closer.close();

        assertThat(closed).containsExactly("log");
    }

    private void add(String name) {
        closer.add(() -> closed.add(name));
    }
}
