package dev.tidings.hub;

import dev.tidings.event.selector.TopicSelector;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Clients in the order of their ids, and whether there are more after the last.
 *
 * <p>Clients choose how long their topics are. A page ends when the topics on it are about a million characters together, so
 * that its size has a bound whatever they choose.
 *
 * @param clients none only if there are none
 * @param more whether another page follows after the last of them
 */
public record ClientPage(List<Client> clients, boolean more) {

    /** Where the topics on a page have so many characters, it ends. The last client may bring it over that. */
    static final int MAX_CHARACTERS = 1 << 20;

    public ClientPage {
        clients = List.copyOf(clients);
    }

    /**
     * The page that begins with the first of these.
     *
     * @param rest the clients that are left, in the order of their ids; no more of them are taken than it has to
     * @param limit the most clients on the page, at least 1
     */
    public static ClientPage of(Iterator<Client> rest, int limit) {
        var clients = new ArrayList<Client>();
        long characters = 0;
        while (clients.size() < limit && characters < MAX_CHARACTERS && rest.hasNext()) {
            Client client = rest.next();
            clients.add(client);
            for (TopicSelector topic : client.topics().selectors()) {
                characters += topic.text().length();
            }
        }
        return new ClientPage(clients, rest.hasNext());
    }
}
