package dev.tidings.redis;

import dev.tidings.hub.LogUnavailableException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server answered a command with an error.
 *
 * <p>Before a script fails it may have written, since a server does not take back what a script did. The connection can be
 * used further, unless {@link RedisConnection#isOpen} says otherwise. The message is a sentence for the operator and holds
 * no secret.
 */
public final class RedisRefusedException extends LogUnavailableException {

    private static final long serialVersionUID = 1;

    /** Redis 6.2 puts an error within a script into one of its own: {@code ERR Error running script …: -READONLY You}. */
    private static final Pattern CODE = Pattern.compile("(?s)(?:ERR .*: ?-)?([A-Z]+)\\b.*");

    private final String code;
    private final String reason;

    /**
     * @param server the server, as sentences name it
     * @param command the command that it refused, without its arguments, which may be secret
     * @param reason the server's own words
     */
    RedisRefusedException(String server, String command, String reason) {
        super(server + " refuses " + command + " (" + reason + ")");
        this.reason = reason;
        Matcher matcher = CODE.matcher(reason);
        this.code = matcher.matches() ? matcher.group(1) : "ERR";
    }

    /**
     * Returns the word that says which error it is: {@code READONLY}, {@code NOSCRIPT}, {@code OOM}, {@code MOVED},
     * {@code LOADING} and so on, or {@code ERR} for any other.
     */
    public String code() {
        return code;
    }

    /** Returns the server's own words, code and all. */
    String reason() {
        return reason;
    }
}
