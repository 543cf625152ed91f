package dev.tidings.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LiveObjectsTest {

    @Test
    void objectsAreCountedByClassAndBytesInAll() {
        LiveObjects live = LiveObjects.of("""
                4711:
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:         12345         987654  [B (java.base@17.0.1)
                   2:             3             96  dev.tidings.hub.Subscriber
                   3:             2             64  dev.tidings.hub.Subscriber
                Total         12350         987814
                """);
        assertThat(live.bytes()).isEqualTo(987_814);
        assertThat(live.count("dev.tidings.hub.Subscriber")).isEqualTo(5);
        assertThat(live.count("[B")).isEqualTo(12_345);
        assertThat(live.count("dev.tidings.hub.Hub")).isZero();
    }
}
