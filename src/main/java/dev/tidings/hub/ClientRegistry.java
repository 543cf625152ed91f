package dev.tidings.hub;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The clients that are connected, by their ids, the earliest first.
 *
 * <p>A client is in the registry from before its first byte leaves until it has ended.
 *
 * <p><b>Threads.</b> Any. A listing is not a picture of one moment. A client that comes or goes while it is made may be in it or
 * not. Every other client is in it once.
 */
public interface ClientRegistry {

    /** The client with that id, or null when there is none. */
    @Nullable
    Client find(String id);

    /**
     * Lists wanted clients, in the order of their ids.
     *
     * @param after the id after which the list goes on, whether that client is still here or not; null to begin
     * @param limit the most clients to list
     */
    List<Client> list(Predicate<Client> wanted, @Nullable String after, int limit);

    /** Lists all clients. */
    default List<Client> all() {
        return list(client -> true, null, Integer.MAX_VALUE);
    }

    /** How many clients there are. */
    int size();

    /** Ends a client, for that reason. It has left when this returns. Returns whether there was such a client. */
    boolean end(String id, DisconnectReason reason);
}
