package dev.tidings.log.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.hub.BoundedWait;
import dev.tidings.hub.LogListener;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.Once;
import dev.tidings.log.Requests;
import dev.tidings.log.Retention;
import dev.tidings.redis.Confirmation;
import dev.tidings.redis.RedisAddress;
import dev.tidings.redis.RedisServers;
import dev.tidings.redis.TrustedCertificates;
import dev.tidings.testing.Eventually;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node's log on Redis, and what it has handed over, with the times when it began anew or missed something.
 *
 * <p><b>Threads.</b> Any.
 */
final class LogNode implements LogListener, AutoCloseable {

    static final String BEGAN = "began";
    static final String MISSED = "missed";

    static final Retention AMPLE = new Retention(100_000, Duration.ofHours(1), 64L << 20, SelectorSet.of(List.of()));

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    final RedisLog log;

    private final List<String> heard = new ArrayList<>();

    private LogNode(RedisLog log) {
        this.log = log;
        log.follow(this);
    }

    /** A log that nobody follows yet. */
    static RedisLog log(String address, String hub, Retention retention, @Nullable Clock clock) {
        return log(address, hub, retention, clock, Confirmation.NONE);
    }

    static RedisLog log(
            String address, String hub, Retention retention, @Nullable Clock clock, Confirmation confirmation) {
        return log(servers(address, hub, null), hub, retention, clock, confirmation);
    }

    private static RedisServers servers(String address, String hub, @Nullable TrustedCertificates trust) {
        return new RedisServers(RedisAddress.parse(address), LogKeys.any(hub), Duration.ofSeconds(1), trust);
    }

    private static RedisLog log(
            RedisServers servers, String hub, Retention retention, @Nullable Clock clock, Confirmation confirmation) {
        return new RedisLog(servers, hub, retention, confirmation, clock, new BoundedWait(PATIENCE));
    }

    /** A node of the hub that all tests share; it need not be there yet. */
    static LogNode start(String address) {
        return new LogNode(log(address, "hub", AMPLE, null));
    }

    /** A node of the hub of this name, over TLS if the address says so. */
    static LogNode start(String address, String hub, @Nullable TrustedCertificates trust) {
        return new LogNode(log(servers(address, hub, trust), hub, AMPLE, null, Confirmation.NONE));
    }

    static LogNode start(String address, Retention retention, Confirmation confirmation) {
        return new LogNode(log(address, "hub", retention, null, confirmation));
    }

    LogNode awaitReady() {
        Eventually.holds("the log is there", () -> log.fault() == null);
        return this;
    }

    Event publish(String data) {
        return log.append(List.of(Requests.of(data))).get(0);
    }

    /** Publishes as soon as the log accepts it. */
    Event publishAtLast(String data) {
        var published = new Event[1];
        Eventually.holds(data + " is accepted", () -> {
            try {
                published[0] = publish(data);
                return true;
            } catch (LogUnavailableException notYet) {
                return false;
            }
        });
        return published[0];
    }

    List<Event> publish(PublishRequest request, @Nullable Once once) {
        return log.append(List.of(request), once);
    }

    /** What was handed over since it began last, by its data, with {@link #BEGAN} and {@link #MISSED} where that happened. */
    synchronized List<String> heard() {
        return List.copyOf(heard);
    }

    /** Waits until this is the last that it has heard. */
    LogNode awaitHeard(String last) {
        Eventually.passes(() -> assertThat(heard()).endsWith(last));
        return this;
    }

    synchronized void forget() {
        heard.clear();
    }

    @Override
    public synchronized void accepted(List<Event> events) {
        events.forEach(event -> heard.add(event.data()));
    }

    @Override
    public synchronized void begins(long sequence) {
        heard.add(BEGAN);
    }

    @Override
    public synchronized void missed(boolean byAll) {
        heard.add(MISSED);
    }

    @Override
    public void close() {
        log.close();
    }
}
