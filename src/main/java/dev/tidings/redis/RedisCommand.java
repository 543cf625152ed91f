package dev.tidings.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * One command and its arguments.
 *
 * <p><b>Threads.</b> Any, as long as nobody changes the arguments' bytes.
 *
 * @param name the command, as in {@code WAIT}
 */
public record RedisCommand(String name, List<byte[]> arguments) {

    public RedisCommand {
        arguments = List.copyOf(arguments);
    }

    /** Returns a command whose arguments are text, which is encoded as UTF-8. */
    public static RedisCommand of(String name, String... arguments) {
        return new RedisCommand(
                name,
                Stream.of(arguments)
                        .map(argument -> argument.getBytes(StandardCharsets.UTF_8))
                        .toList());
    }
}
