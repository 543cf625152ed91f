package dev.tidings.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidings.testing.LogRecorder;
import java.util.ArrayList;
import java.util.EventListener;
import java.util.List;
import org.junit.jupiter.api.Test;

class HiddenListenerTest {

    /** What a container has its listeners implement. */
    public interface Stops extends EventListener {

        void stopping(Object source);
    }

    /** An object of a container. */
    public static final class Source {

        private final List<EventListener> listeners = new ArrayList<>();

        public void addEventListener(EventListener listener) {
            listeners.add(listener);
        }

        public void removeEventListener(EventListener listener) {
            listeners.remove(listener);
        }

        void stop() {
            List.copyOf(listeners).forEach(listener -> ((Stops) listener).stopping(this));
        }
    }

    private final Source source = new Source();
    private final List<String> heard = new ArrayList<>();

    @Test
    void taskHearsWhichMethodWasCalledUntilItIsClosed() throws ReflectiveOperationException {
        HiddenListener listener = listening();
        source.stop();
        assertThat(heard).containsExactly("stopping");
        listener.close();
        source.stop();
        assertThat(heard).hasSize(1);
        assertThat(source.listeners).isEmpty();
    }

    @Test
    void listenerIsEqualToItselfAlone() throws ReflectiveOperationException {
        listening();
        listening();
        EventListener first = source.listeners.get(0);
        assertThat(source.listeners.indexOf(source.listeners.get(1))).isEqualTo(1);
        assertThat(source.listeners.indexOf(first)).isZero();
        assertThat(first).hasToString("Tidings");
    }

    @Test
    void containerThatStopsGoesOnWhateverTheTaskThrows() throws ReflectiveOperationException {
        var listener = new HiddenListener(Stops.class, EventListener.class, "EventListener", (method, argument) -> {
            throw new OutOfMemoryError("no thread");
        });
        listener.listenTo(source);
        try (LogRecorder log = LogRecorder.of(HiddenListener.class)) {
            assertThatCode(source::stop).doesNotThrowAnyException();
            assertThat(log.messages()).hasSize(1);
        }
    }

    @Test
    void objectThatTakesNoListenerIsRefused() {
        var listener = new HiddenListener(Stops.class, EventListener.class, "EventListener", (method, argument) -> {});
        assertThatExceptionOfType(NoSuchMethodException.class).isThrownBy(() -> listener.listenTo("none"));
    }

    private HiddenListener listening() throws ReflectiveOperationException {
        var listener = new HiddenListener(
                Stops.class, EventListener.class, "EventListener", (method, argument) -> heard.add(method));
        listener.listenTo(source);
        return listener;
    }
}
