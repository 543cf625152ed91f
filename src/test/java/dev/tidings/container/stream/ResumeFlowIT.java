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
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Replay and live delivery join without a gap and without a repetition, while events go on coming. */
@OfTheDoors
@EveryContainer(kinds = ContainerKind.JETTY)
class ResumeFlowIT {

    private static final int EVENTS = 400;
    private static final int MOST_STREAMS = 50;

    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final String topic = Fresh.topic();
    private final Container hub;
    private final Publisher publisher;

    ResumeFlowIT(Container hub) {
        this.hub = hub;
        this.publisher = Publisher.to(hub);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void whoReconnectsAgainAndAgainGetsEachEventOnceAndInOrder() throws Exception {
        String lastEventId;
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            lastEventId = stream.lastEventId();
        }
        Future<?> publishing = publishOneByOne();
        var data = new ArrayList<String>();
        for (int connection = 1; data.size() < EVENTS; connection++) {
            try (StreamRecorder stream =
                    Streams.open(Streams.request(hub, topic).after(lastEventId))) {
                int count = Math.min(1 + connection % 20, EVENTS - data.size());
                data.addAll(Streams.data(stream, count));
                lastEventId = stream.lastEventId();
            }
        }
        publishing.get();
        assertThat(data).isEqualTo(numbersTo(EVENTS));
    }

    @Test
    void streamsThatReplayFromTheBeginningWhileEventsComeMissNone() throws Exception {
        publisher.publish(topic, "0");
        Future<?> publishing = publishOneByOne();
        var streams = new ArrayList<StreamRecorder>();
        while (!publishing.isDone() && streams.size() < MOST_STREAMS) {
            streams.add(Streams.open(Streams.request(hub, topic).after("earliest")));
            streams.get(streams.size() - 1).next();
        }
        publishing.get();
        for (StreamRecorder stream : streams) {
            try (stream) {
                assertThat(Streams.data(stream, EVENTS)).isEqualTo(numbersTo(EVENTS));
                stream.assertExhausted();
            }
        }
    }

    @Test
    void replayOfManyTimesWhatAnOutboxHoldsIsWhole() {
        for (int batch = 0; batch < 5; batch++) {
            publisher.publishNumbers(topic, 1_000);
        }
        List<String> thousand = numbersTo(1_000);
        try (StreamRecorder stream = Streams.open(Streams.request(hub, topic).after("earliest"))) {
            publisher.publish(topic, "live");
            for (int batch = 0; batch < 5; batch++) {
                assertThat(Streams.data(stream, 1_000)).isEqualTo(thousand);
            }
            assertThat(stream.next().data()).isEqualTo("live");
            stream.assertExhausted();
        }
    }

    @Test
    void burstBeyondAnOutboxReachesALiveStreamWhole() {
        try (StreamRecorder stream = Streams.open(hub, topic)) {
            publisher.publishNumbers(topic, 1_000);
            publisher.publishNumbers(topic, 1_000);
            assertThat(Streams.data(stream, 1_000)).isEqualTo(numbersTo(1_000));
            assertThat(Streams.data(stream, 1_000)).isEqualTo(numbersTo(1_000));
            stream.assertExhausted();
        }
    }

    @Test
    void fewEventsAmongManyOfOthersAreAllReplayed() {
        String other = Fresh.topic();
        for (int number = 1; number <= 3; number++) {
            publisher.publish(topic, Integer.toString(number));
            publisher.publishNumbers(other, 1_000);
        }
        try (StreamRecorder stream = Streams.open(Streams.request(hub, topic).after("earliest"))) {
            assertThat(stream.next(3)).extracting(Block::data).containsExactly("1", "2", "3");
        }
    }

    @Test
    void eventThatComesDuringAReplayWithoutAnyForThisStreamIsNotLeftBehind() {
        for (int batch = 0; batch < 3; batch++) {
            publisher.publishNumbers(Fresh.topic(), 1_000);
        }
        for (int i = 0; i < 20; i++) {
            String own = Fresh.topic();
            try (StreamRecorder stream = Streams.open(Streams.request(hub, own).after("earliest"))) {
                publisher.publish(own, "live");
                assertThat(stream.next().data()).isEqualTo("live");
            }
        }
    }

    /** Every second one has an id from its publisher. */
    private Future<?> publishOneByOne() {
        return threads.submit(() -> {
            for (int number = 1; number <= EVENTS; number++) {
                Map<String, String> event = Map.of("topic", topic, "msg", Integer.toString(number));
                Map<String, String> named = Map.of("topic", topic, "msg", Integer.toString(number), "id", Fresh.id());
                publisher.publish(number % 2 == 0 ? named : event);
            }
        });
    }

    private static List<String> numbersTo(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList();
    }
}
