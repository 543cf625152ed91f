package dev.tidings.hub;

import org.jspecify.annotations.Nullable;

/**
 * Which clients are meant: those that are like it in everything it names. It is a value, so that one node can ask another.
 *
 * @param user the user of their token, or null for any and for none
 * @param topic a topic that one of their selectors matches, or the text of a selector; or null for any
 * @param node the name of the node that they are connected to, or null for any
 */
public record ClientFilter(
        @Nullable String user,
        @Nullable String topic,
        @Nullable String node) {

    /** All clients. */
    public static final ClientFilter ALL = new ClientFilter(null, null, null);

    /** The clients of one user. */
    public static ClientFilter ofUser(String user) {
        return new ClientFilter(user, null, null);
    }

    /** The clients with a selector that matches this topic. */
    public static ClientFilter ofTopic(String topic) {
        return new ClientFilter(null, topic, null);
    }

    /** Whether this client is meant. */
    public boolean matches(Client client) {
        return (user == null || user.equals(client.peer().user()))
                && (topic == null || client.topics().matches(topic))
                && (node == null || node.equals(client.node()));
    }
}
