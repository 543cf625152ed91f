package dev.tidings.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One event as a foreign client tells it; {@code message} is the type of one that has none. */
public record Received(String type, String id, String data) {

    /** What a client has told, to be taken one after the other. */
    public static final class Queue implements Consumer<Received> {

        private final BlockingQueue<Received> events = new LinkedBlockingQueue<>();

        @Override
        public void accept(Received event) {
            events.add(event);
        }

        public Received next() throws InterruptedException {
            Received event = events.poll(Eventually.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(event).as("the next event").isNotNull();
            return event;
        }

        public List<Received> next(int count) throws InterruptedException {
            var taken = new ArrayList<Received>();
            while (taken.size() < count) {
                taken.add(next());
            }
            return taken;
        }

        /** What nobody has taken so far. */
        public List<Received> left() {
            return List.copyOf(events);
        }
    }
}
