package dev.tidings.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.auth.TicketStore;
import dev.tidings.auth.TicketStore.Taken.State;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.log.redis.RedisLog;
import dev.tidings.redis.RedisAddress;
import dev.tidings.redis.RedisServers;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tickets of two nodes over a real Redis. */
class SharedTicketsTest {

    private static final Duration AGE = Duration.ofSeconds(30);
    private static final String CONTENT = "{\"user\":\"\u00e9\"}";

    private RedisServer redis;
    private SharedTickets one;
    private SharedTickets other;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        one = tickets();
        other = tickets();
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
        redis.close();
    }

    private SharedTickets tickets() {
        return new SharedTickets(
                new RedisServers(
                        RedisAddress.parse(redis.address()), RedisLog.anyKey("t"), Duration.ofSeconds(1), null),
                "t");
    }

    @Test
    void ticketIsTakenOnAnyNodeOnce() {
        one.put("h", CONTENT, AGE);
        TicketStore.Taken taken = other.take("h");
        assertThat(taken.state()).isEqualTo(State.THERE);
        assertThat(taken.content()).isEqualTo(CONTENT);
        assertThat(one.take("h").state()).isEqualTo(State.USED);
        assertThat(other.take("h").state()).isEqualTo(State.USED);
        assertThat(one.take("never").state()).isEqualTo(State.UNKNOWN);
        assertThat(redis.command("EXISTS", "{t}:ticket:never")).isEqualTo("0");
    }

    @Test
    void ticketThatWasTakenOrIsOldIsKnownToBeGone() {
        one.put("waits", CONTENT, AGE);
        one.put("taken", CONTENT, AGE);
        other.take("taken");
        assertThat(one.gone(List.of("waits", "taken", "old"))).containsExactly("taken", "old");
    }

    @Test
    void oldTicketIsGone() {
        one.put("h", CONTENT, Duration.ofMillis(1));
        Eventually.passes(
                () -> assertThat(redis.command("EXISTS", "{t}:ticket:h")).isEqualTo("0"));
        assertThat(one.take("h").state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void ofTwoNodesThatTakeItAtTheSameMomentOneHasIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int n = 0; n < 1_000; n++) {
                String hash = "h" + n;
                one.put(hash, CONTENT, AGE);
                var start = new CyclicBarrier(2);
                Future<State> here = threads.submit(() -> take(one, hash, start));
                Future<State> there = threads.submit(() -> take(other, hash, start));
                assertThat(List.of(here.get(), there.get())).containsExactlyInAnyOrder(State.THERE, State.USED);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static State take(SharedTickets node, String hash, CyclicBarrier start) throws Exception {
        start.await();
        return node.take(hash).state();
    }

    @Test
    void withoutRedisThereAreNone() {
        one.put("h", CONTENT, AGE);
        redis.kill();
        assertThatThrownBy(() -> one.put("i", CONTENT, AGE)).isInstanceOf(LogUnavailableException.class);
        assertThatThrownBy(() -> other.take("h")).isInstanceOf(LogUnavailableException.class);
    }
}
