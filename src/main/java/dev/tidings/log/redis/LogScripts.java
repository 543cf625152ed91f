package dev.tidings.log.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.tidings.event.Epoch;
import dev.tidings.event.Position;
import dev.tidings.log.Retention;
import dev.tidings.redis.Confirmation;
import dev.tidings.redis.RedisConnection;
import dev.tidings.redis.RedisScript;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The scripts by which a node appends to the log, looks at it, and reads from it.
 *
 * <p><b>Threads.</b> Immutable; any, each with a connection of its own.
 */
final class LogScripts {

    private static final List<byte[]> NOTHING = List.of(utf8("0"));

    private final RedisScript append = new RedisScript(source("append.lua"));
    private final RedisScript read = new RedisScript(source("read.lua"));
    private final RedisScript rewrite = new RedisScript(source("rewrite.lua"));
    private final LogKeys keys;
    private final List<byte[]> appendKeys;
    private final Retention retention;
    private final @Nullable Clock clock;

    /**
     * @param writer names this node among all that append
     * @param clock tells when events are accepted; null for the server's own clock
     */
    LogScripts(LogKeys keys, String writer, Retention retention, @Nullable Clock clock) {
        this.keys = keys;
        this.appendKeys = keys.ofAppend(writer);
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * Appends, and waits for the confirmation.
     *
     * @param seen the newest event that this node has seen, or null
     * @return the state of the log, then a result for each append
     */
    Answer append(RedisConnection connection, AppendCall call, @Nullable Position seen, Confirmation confirmation) {
        List<byte[]> arguments = header(connection, call.number(), seen);
        arguments.addAll(call.arguments());
        List<@Nullable Object> replies = append.run(connection, appendKeys, arguments, confirmation.commands());
        return new Answer(list(replies.get(0)), confirmation.isGiven(replies));
    }

    /**
     * What the script has answered.
     *
     * @param confirmed whether what was appended is as safe as was asked for
     */
    record Answer(List<Object> lines, boolean confirmed) {}

    /** Looks at the log. */
    LogState look(RedisConnection connection, @Nullable Position seen) {
        List<byte[]> arguments = header(connection, "", seen);
        arguments.addAll(NOTHING);
        return LogState.of(list(append.run(connection, appendKeys, arguments)));
    }

    /** Reads a page of entries after an id. */
    List<StreamEntry> read(RedisConnection connection, String after, int maxEvents, long maxBytes) {
        List<byte[]> arguments = List.of(utf8(after), utf8(maxEvents), utf8(maxBytes));
        return list(read.run(connection, List.of(keys.log()), arguments)).stream()
                .map(StreamEntry::of)
                .toList();
    }

    /** Copies some entries of the log to the key of this name, as the script says, and returns what it says. */
    List<String> rewrite(RedisConnection connection, String copy, List<byte[]> arguments) {
        return list(rewrite.run(connection, keys.ofRewrite(copy), arguments)).stream()
                .map(part -> new String((byte[]) part, UTF_8))
                .toList();
    }

    /** The time by which events are accepted and forgotten, when this state was told. */
    long now(LogState state) {
        return clock == null ? state.now() : clock.millis();
    }

    private List<byte[]> header(RedisConnection connection, String number, @Nullable Position seen) {
        var arguments = new ArrayList<byte[]>();
        arguments.add(utf8(number));
        arguments.add(utf8(connection.runId()));
        arguments.add(utf8(seen == null ? "" : Life.text(seen.epoch())));
        arguments.add(utf8(seen == null ? 0 : seen.sequence()));
        arguments.add(utf8(clock == null ? -1 : clock.millis()));
        arguments.add(utf8(Epoch.newRandom()));
        arguments.add(utf8(retention.events()));
        arguments.add(utf8(retention.bytes()));
        arguments.add(utf8(retention.age().toMillis()));
        return arguments;
    }

    @SuppressWarnings("unchecked") // The scripts return lists.
    private static List<Object> list(@Nullable Object answer) {
        return (List<Object>) requireNonNull(answer);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] utf8(long number) {
        return utf8(Long.toString(number));
    }

    private static String source(String name) {
        try (InputStream in = LogScripts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
