package dev.tidings.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * The names of the registry's keys in Redis, with the hub's hash tag.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param hub the name of the hub
 */
record RegistryKeys(String hub) {

    /** A hash of the leases of all nodes. */
    byte[] nodes() {
        return key("nodes");
    }

    /** A hash of the clients of a node. */
    byte[] clients(String node) {
        return key("clients:" + node);
    }

    /** A stream of what nodes have said of themselves lately. */
    byte[] reports() {
        return key("reports");
    }

    /** A list of the answers to a question. */
    byte[] answers(String question) {
        return key("answers:" + question);
    }

    /** A hash of the revocations, a sorted set of when they end, and their version. */
    List<byte[]> revocations() {
        return List.of(key("revocations"), key("revocations:until"), key("revocations:version"));
    }

    /** A ticket, by the hash of its text. */
    byte[] ticket(String hash) {
        return key("ticket:" + hash);
    }

    private byte[] key(String name) {
        return ("{" + hub + "}:" + name).getBytes(UTF_8);
    }
}
