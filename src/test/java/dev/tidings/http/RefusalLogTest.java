package dev.tidings.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.http.proxy.TrustedProxies;
import dev.tidings.testing.LogRecorder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many lines refusals make. What stands in them {@code LogLinesIT} shows, on containers. */
class RefusalLogTest {

    private final AtomicLong now = new AtomicLong();
    private final LogRecorder lines = LogRecorder.named(RefusalLog.NAME);
    private final Logger logger = Logger.getLogger(RefusalLog.NAME);
    private final RefusalLog log = new RefusalLog(TrustedProxies.of(List.of()), now::get);

    @AfterEach
    void stop() {
        logger.setLevel(null);
        lines.close();
    }

    @Test
    void floodIsOneLineAMinuteThatCountsTheOthers() {
        for (int i = 0; i < 1_000; i++) {
            refuse(401);
        }
        now.addAndGet(TimeUnit.SECONDS.toNanos(59));
        refuse(401);
        assertThat(lines.messages()).containsExactly("frame refused status=401 client=c user=alice detail=why");
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        refuse(401);
        assertThat(lines.messages())
                .last()
                .isEqualTo("frame refused status=401 client=c user=alice detail=why more=1000");
    }

    @Test
    void eachStatusHasALineOfItsOwn() {
        refuse(401);
        refuse(403);
        refuse(401);
        refuse(503);
        assertThat(lines.messages()).hasSize(3);
    }

    @Test
    void atDebugEachIsALine() {
        logger.setLevel(Level.FINE);
        for (int i = 0; i < 10; i++) {
            refuse(429);
        }
        assertThat(lines.messages()).hasSize(10);
        assertThat(lines.levels()).containsOnlyOnce(Level.INFO).contains(Level.FINE);
    }

    @Test
    void whatIsNotHereAndWhatHasFailedAreDebugAlone() {
        refuse(404);
        refuse(500);
        assertThat(lines.messages()).isEmpty();
        logger.setLevel(Level.FINE);
        refuse(404);
        refuse(500);
        assertThat(lines.levels()).containsExactly(Level.FINE, Level.FINE);
    }

    private void refuse(int status) {
        log.frameRefused("c", "alice", new Problem(status, "why"));
    }
}
