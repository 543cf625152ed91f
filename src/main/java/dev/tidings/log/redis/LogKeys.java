package dev.tidings.log.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * The names of a hub's keys in Redis. All have one hash tag, so that a cluster has them on one server.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param hub the name of the hub
 */
record LogKeys(String hub) {

    byte[] log() {
        return key("log");
    }

    byte[] passing() {
        return key("passing");
    }

    byte[] ids() {
        return key("ids");
    }

    /** The keys of the script that copies the log, to a key of this name. */
    List<byte[]> ofRewrite(String copy) {
        return List.of(log(), key("copy:" + copy), ids(), key("rewrites"));
    }

    /** The keys of the script that appends. */
    List<byte[]> ofAppend(String writer) {
        return List.of(log(), passing(), key("state"), ids(), key("uses"), key("order"), key("call:" + writer));
    }

    /** One of them, by whose hash tag the server of all is found. */
    static String any(String hub) {
        return "{" + hub + "}:log";
    }

    private byte[] key(String name) {
        return ("{" + hub + "}:" + name).getBytes(UTF_8);
    }
}
