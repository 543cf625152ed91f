package dev.tidings.redis;

import dev.tidings.hub.LogUnavailableException;

/**
 * No server could be reached, or a connection failed.
 *
 * <p>If a command was on its way, its outcome is unknown: the server may have run it. The message is a sentence for the
 * operator and holds no secret.
 */
public final class RedisUnavailableException extends LogUnavailableException {

    private static final long serialVersionUID = 1;

    RedisUnavailableException(String message) {
        super(message);
    }

    RedisUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
