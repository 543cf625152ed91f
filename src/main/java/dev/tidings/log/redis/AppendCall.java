package dev.tidings.log.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.hub.Fence;
import dev.tidings.hub.FencedException;
import dev.tidings.hub.KeyReusedException;
import dev.tidings.hub.Once;
import dev.tidings.log.PendingAppend;
import dev.tidings.log.Retention;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of the script that appends: what it is told to append, and what its answers mean. It may be sent again under the same
 * number, and appends once.
 *
 * <p><b>Threads.</b> One at a time.
 */
final class AppendCall {

    private static final byte[] KEPT = {'k'};
    private static final byte[] NONE = {};
    private static final String REUSED = "reused";
    private static final String FENCED = "fenced ";

    private final long number;
    private final List<PendingAppend> group;
    private final Retention retention;
    private final List<byte[]> arguments = new ArrayList<>();

    /** @param number no other call of the same writer has it */
    AppendCall(long number, List<PassingEvent> passing, List<PendingAppend> group, Retention retention) {
        this.number = number;
        this.group = group;
        this.retention = retention;
        add(1 + group.size());
        // First: whoever passes an event and then publishes another means this order.
        addOnce(null);
        add(passing.size());
        passing.forEach(event -> add(event.kind().bytes(), 0, NONE, event.bytes(), NONE, utf8(event.name())));
        group.forEach(this::add);
    }

    /** No other call of the same writer has it. */
    String number() {
        return Long.toString(number);
    }

    /** What is appended, as the script reads it. */
    List<byte[]> arguments() {
        return arguments;
    }

    /** Accepts or refuses the appends, as the script has answered. */
    void answer(List<Object> answer) {
        for (int i = 0; i < group.size(); i++) {
            PendingAppend append = group.get(i);
            String result = LogState.text(answer, LogState.FIELDS + 1 + i);
            if (result.equals(REUSED)) {
                append.refuse(new KeyReusedException());
            } else if (result.startsWith(FENCED)) {
                append.refuse(new FencedException(Long.parseLong(result.substring(FENCED.length()))));
            } else {
                append.accept(events(append, result.split(" ")));
            }
        }
    }

    /** Refuses the appends. */
    void refuse(RuntimeException reason) {
        group.forEach(append -> append.refuse(reason));
    }

    /** @param result the epoch, the sequence number before the first event, and the time of all */
    private List<Event> events(PendingAppend append, String[] result) {
        long sequence = Long.parseLong(result[1]);
        var life = new Life(Life.epoch(result[0]), sequence, Long.MAX_VALUE);
        Instant time = Instant.ofEpochMilli(Long.parseLong(result[2]));
        var events = new ArrayList<Event>(append.requests().size());
        for (PublishRequest request : append.requests()) {
            if (retention.skips(request)) {
                events.add(Event.passing(life.at(sequence), request, time));
            } else {
                sequence++;
                events.add(Event.kept(life.at(sequence), request, time));
            }
        }
        return events;
    }

    private void add(PendingAppend append) {
        addOnce(append.once());
        add(append.requests().size());
        for (PublishRequest request : append.requests()) {
            boolean skipped = retention.skips(request);
            byte[] id = request.id() == null || skipped ? NONE : utf8(request.id());
            byte[] kind = skipped ? PassingEvent.Kind.EVENT.bytes() : KEPT;
            add(kind, request.size(), id, EventEntry.of(request), trace(request), NONE);
        }
    }

    private void addOnce(@Nullable Once once) {
        arguments.add(once == null ? NONE : utf8(name(once.key())));
        arguments.add(once == null ? NONE : utf8(once.content()));
        Fence fence = once == null ? null : once.fence();
        arguments.add(fence == null ? NONE : utf8(fence.name()));
        arguments.add(fence == null ? NONE : utf8(Long.toString(fence.token())));
    }

    private static byte[] trace(PublishRequest request) {
        return request.traceparent() == null ? NONE : utf8(request.traceparent());
    }

    private void add(byte[] kind, int size, byte[] id, byte[] data, byte[] trace, byte[] name) {
        arguments.add(kind);
        add(size);
        arguments.add(id);
        arguments.add(data);
        arguments.add(trace);
        arguments.add(name);
    }

    private void add(int number) {
        arguments.add(utf8(Integer.toString(number)));
    }

    /** A key of a publisher may have spaces, and any length. */
    private static String name(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(utf8(key));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
