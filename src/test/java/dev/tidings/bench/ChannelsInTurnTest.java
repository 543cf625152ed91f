package dev.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events to several streams of one of several channels, as {@link Cold} publishes them. */
class ChannelsInTurnTest {

    private static final int CHANNELS = 20;
    private static final int STREAMS = 2 * CHANNELS;
    private static final int PUBLISHERS = 10;

    private final SmallServer server = new SmallServer();
    private final Target target = server.target();
    private final Trial trial = new Trial(target, Plan.from(new Options(Map.of(), Map.of())));
    private final ChannelsInTurn script =
            new ChannelsInTurn(new Unicast(target, CHANNELS, trial::channel, PUBLISHERS, 1, 0), CHANNELS);
    private final Group group = new Group(target, STREAMS, 0, stream -> trial.channel(stream % CHANNELS));

    @AfterEach
    void stop() {
        trial.close();
        server.close();
    }

    @Test
    void eventCountsForAllStreamsOfItsChannel() {
        script.request(3, 1, 0);
        assertThat(script.deliveries(group)).isEqualTo(2);
        assertThat(IntStream.range(0, STREAMS).filter(stream -> script.published(stream) == 1))
                .containsExactly(3, 3 + CHANNELS);
    }

    @Test
    void eachChannelGetsAsMany() {
        trial.open(group);
        Cold.publishToEach(trial, script, 3, group, group);
        trial.close();
        assertThat(IntStream.range(0, STREAMS).map(script::published)).containsOnly(3);
        assertThat(group.faults(stream -> 3)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10000, 200, 100", "10000, 104, 50", "10000, 1, 1", "25, 200, 20", "20, 10, 5", "7, 200, 7"})
    void thereAreNoMoreChannelsThanGetAnEventAndAStream(int streams, int events, int channels) {
        assertThat(new Cold(10_000, 100, 0, 1, 1, 1).channelsFor(streams, events))
                .isEqualTo(channels);
    }
}
