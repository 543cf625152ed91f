package dev.tidings.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The clients that are connected, by their ids, the earliest first: those of one node, or those of all nodes of a hub.
 *
 * <p>A client is in the registry from before its first byte leaves until it has ended.
 *
 * <p>A registry of many nodes has to ask the others. Each method waits for them for a bounded time, and throws
 * {@link RegistryUnavailableException} if one does not answer. It never returns a part as if it were all.
 *
 * <p><b>Threads.</b> Any that holds no lock of the hub. A listing is not a picture of one moment. A client that comes or goes
 * while it is made may be in it or not. Every other client is in it once.
 */
public interface ClientRegistry {

    /** The most clients on a page. */
    int MAX_LIMIT = 1_000;

    /** The client with that id, on whichever node, or null if there is none. */
    @Nullable
    Client find(String id);

    /**
     * Lists clients, in the order of their ids, a page at a time.
     *
     * @param after the id after which the list goes on, whether that client is still here or not; null to begin
     * @param limit the most clients to list, from 1 to {@value #MAX_LIMIT}; a page with long topics has fewer
     */
    ClientPage list(ClientFilter filter, @Nullable String after, int limit);

    /**
     * Explains of each client of a user, on whichever node, why it got an event or did not.
     *
     * @param after the id after which the page goes on; null to begin
     * @param limit the most clients of a page, from 1 to {@value #MAX_LIMIT}; it has fewer if comparing their selectors takes long
     */
    Explanation.Page explain(ExplainedEvent event, String user, @Nullable String after, int limit);

    /** Lists all clients, page by page, however many they are. */
    default List<Client> all() {
        ClientPage page = list(ClientFilter.ALL, null, MAX_LIMIT);
        var all = new ArrayList<>(page.clients());
        while (page.more()) {
            page = list(ClientFilter.ALL, all.get(all.size() - 1).id(), MAX_LIMIT);
            all.addAll(page.clients());
        }
        return all;
    }

    /** How many clients there are. */
    int size();

    /** How many clients a filter means. */
    int count(ClientFilter filter);

    /**
     * How many clients ask for each of these topics, in their order. If comparing takes long, the last ones are missing, and never
     * the first.
     */
    Map<String, Integer> asking(List<String> topics);

    /**
     * By which selectors clients ask, and how many do, the most first.
     *
     * @param part what the selectors contain, in upper or lower case
     * @return at most {@value AskedTopics#MOST_SELECTORS}, and fewer if they are long
     */
    Map<String, Integer> selectors(String part);

    /**
     * Ends a client, for that reason. It has left, on whichever node, when this returns.
     *
     * @return whether there was such a client
     */
    boolean end(String id, DisconnectReason reason);

    /**
     * Ends the clients that a filter means, for that reason. They have left, on whichever node, when this returns. A client that
     * comes meanwhile stays: it may be one that was ended a moment ago and is back.
     *
     * @return how many were ended by this call
     */
    int endAll(ClientFilter filter, DisconnectReason reason);
}
