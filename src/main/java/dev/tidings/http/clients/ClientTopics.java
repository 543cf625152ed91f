package dev.tidings.http.clients;

import dev.tidings.event.Topic;
import java.util.List;

/** The topics that the registry is known by. */
final class ClientTopics {

    /** Where the registry is, below the context path. */
    static final String PATH = "/clients";

    /** Below it is a topic for each client. */
    static final String PREFIX = PATH + "/";

    private ClientTopics() {}

    /**
     * The topics of one client: its path in the registry, with the id percent-encoded as a template would, and then as
     * it is. A selector may name it either way.
     */
    static List<String> of(String clientId) {
        return List.of(PREFIX + Topic.percentEncode(clientId), PREFIX + clientId);
    }
}
