package dev.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Eventually;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams that come back while publishing goes on, and its end when all follow. */
class FollowingTest {

    private static final double PER_SECOND = 200;

    private final SmallServer server = new SmallServer();
    private final Target target = server.target();
    private final Trial trial = new Trial(target, Plan.from(new Options(Map.of(), Map.of())));
    private final Group group = new Group(target, 2, 0, trial::channel);
    private final Script script = new ChannelsInTurn(new Unicast(target, 2, trial::channel, 2, 1, 0), 2);

    @AfterEach
    void stop() {
        trial.close();
        server.close();
    }

    @Test
    void streamFollowsThoughOneBeforeItIsNotOpen() {
        server.withhold(trial.channel(0));
        Pump pump = trial.begin(script, Integer.MAX_VALUE, Pace.perSecond(PER_SECOND), List.of(group), List.of(group));
        Following following = follow(pump);
        Eventually.holds(
                "the second is open and follows",
                () -> following.progress() == 2 || !trial.crowd().faults().isEmpty());
        assertThat(following.await(0)).isFalse();

        server.release(trial.channel(0));
        trial.await(following);
        assertThat(following.progress()).isEqualTo(4);
        assertThat(following.openedAt()).isLessThanOrEqualTo(following.endedAt());
        assertThat(following.waits().millis(0.5)).isPositive();
        trial.await(pump);
    }

    @Test
    void publishingEndsWhenAllFollowAndNothingIsLost() {
        Pump pump = trial.begin(script, Integer.MAX_VALUE, Pace.perSecond(PER_SECOND), List.of(group), List.of(group));
        trial.await(follow(pump));
        trial.await(pump);
        trial.close();
        assertThat(group.faults(script::published)).isEmpty();
        assertThat(group.tally().delivered()).isEqualTo(script.published(0) + script.published(1));
    }

    private Following follow(Pump pump) {
        var following = new Following(group, script, pump, System.nanoTime());
        trial.crowd().assign(following);
        group.streams().forEach(trial.crowd()::open);
        return following;
    }
}
