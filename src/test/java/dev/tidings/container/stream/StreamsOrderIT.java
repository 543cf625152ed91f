package dev.tidings.container.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Streams;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several publish at once, and all who subscribe see one order. */
@OfTheDoors
@EveryContainer(kinds = ContainerKind.JETTY)
class StreamsOrderIT {

    private static final int PUBLISHERS = 4;
    private static final int SUBSCRIBERS = 5;
    private static final int EVENTS_OF_EACH = 100;
    private static final int EVENTS = PUBLISHERS * EVENTS_OF_EACH;

    private final ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS);
    private final List<StreamRecorder> streams = new ArrayList<>();
    private final String topic = Fresh.topic();
    private final Container hub;

    StreamsOrderIT(Container hub) {
        this.hub = hub;
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        streams.forEach(StreamRecorder::close);
    }

    @Test
    void allSubscribersSeeOneOrder() throws Exception {
        subscribe();
        publishAtOnce();
        List<Block> first = streams.get(0).next(EVENTS);
        for (StreamRecorder other : streams.subList(1, SUBSCRIBERS)) {
            assertThat(other.next(EVENTS)).isEqualTo(first);
            other.assertExhausted();
        }
    }

    @Test
    void replayShowsTheOrderThatWasSeenLive() throws Exception {
        subscribe();
        publishAtOnce();
        List<Block> live = streams.get(0).next(EVENTS);
        try (StreamRecorder replay = Streams.open(Streams.request(hub, topic).after("earliest"))) {
            assertThat(replay.next(EVENTS)).isEqualTo(live);
            replay.assertExhausted();
        }
    }

    @Test
    void whatOnePublisherSaidInTurnStaysInThatOrder() throws Exception {
        subscribe();
        publishAtOnce();
        List<String> data = Streams.data(streams.get(0), EVENTS);
        for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
            String prefix = publisher + ":";
            assertThat(data.stream().filter(text -> text.startsWith(prefix))).containsExactlyElementsOf(of(publisher));
        }
    }

    @Test
    void subscribersThatComeInTheMiddleSeeTheSameOrderFromTheirPlaceOn() throws Exception {
        subscribe();
        Future<?> publishing =
                threads.submit(() -> of(0).forEach(data -> Publisher.to(hub).publish(topic, data)));
        List<StreamRecorder> late = new ArrayList<>();
        for (int i = 0; i < SUBSCRIBERS; i++) {
            StreamRecorder stream = Streams.open(hub, topic);
            streams.add(stream);
            late.add(stream);
        }
        publishing.get();
        Publisher.to(hub).publish(topic, "last");
        List<String> all = Streams.data(streams.get(0), EVENTS_OF_EACH + 1);
        for (StreamRecorder stream : late) {
            List<String> seen = upTo("last", stream);
            assertThat(seen).isEqualTo(all.subList(all.size() - seen.size(), all.size()));
        }
    }

    private void subscribe() {
        for (int i = 0; i < SUBSCRIBERS; i++) {
            streams.add(Streams.open(hub, topic));
        }
    }

    private void publishAtOnce() throws Exception {
        Publisher publisher = Publisher.to(hub);
        List<Future<?>> publishing = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            List<String> own = of(i);
            publishing.add(threads.submit(() -> own.forEach(data -> publisher.publish(topic, data))));
        }
        for (Future<?> one : publishing) {
            one.get();
        }
    }

    private static List<String> of(int publisher) {
        return IntStream.range(0, EVENTS_OF_EACH)
                .mapToObj(i -> publisher + ":" + i)
                .toList();
    }

    private static List<String> upTo(String last, StreamRecorder stream) {
        var data = new ArrayList<String>();
        do {
            data.add(stream.next().data());
        } while (!data.get(data.size() - 1).equals(last));
        return data;
    }
}
