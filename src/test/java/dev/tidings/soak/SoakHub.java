package dev.tidings.soak;

import dev.tidings.container.Streams;
import dev.tidings.testing.Container;
import dev.tidings.testing.StreamRequest;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A hub of one or more nodes, and what is published to it. Whoever comes to it gets to any of its nodes, as by a balancer.
 *
 * <p><b>Threads.</b> Any.
 *
 * @param name in its topics and users
 * @param clients how many streams it has
 */
record SoakHub(String name, List<Container> nodes, int clients) {

    /** How many public topics there are, each for an equal part of the clients. */
    static final int CHANNELS = 20;

    private static final Duration DAY = Duration.ofDays(1);

    /** One of its nodes, any. */
    Container node() {
        return nodes.get(ThreadLocalRandom.current().nextInt(nodes.size()));
    }

    /** A public topic. */
    String channel(int number) {
        return "/soak/" + name + "/" + number;
    }

    /** The public topic of large events, for the slow readers alone. */
    String bulk() {
        return "/soak/" + name + "/bulk";
    }

    /** The user that a client is of, who has an inbox that is private. */
    String user(int client) {
        return "soak-" + name + "-" + client;
    }

    /** What a client lets itself be known by. */
    String authorization(int client) {
        return Tokens.user(user(client)).expiring(DAY).bearer();
    }

    /** The request of a client at any node. */
    StreamRequest request(int client, boolean slow, String authorization) {
        String inbox = "/users/" + user(client);
        String channel = channel(client % CHANNELS);
        String target = slow ? Streams.events(channel, inbox, bulk()) : Streams.events(channel, inbox);
        return node().stream(target).header("Authorization", authorization);
    }

    /** What publishers let themselves be known by. */
    String publisher() {
        return Tokens.grant("publisher", List.of("*"), List.of()).expiring(DAY).bearer();
    }
}
