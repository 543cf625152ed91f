package dev.tidings.hub;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected, by ids, the earliest first.
 *
 * <p>A client is in here from before its first byte leaves until it has ended, neither longer nor shorter.
 *
 * <p><b>Threads.</b> Any. A listing is not one moment's picture: who comes or goes while it is made may or may not be in
 * it; everybody else is, once.
 */
public interface ClientRegistry {

    /** The client with that id, or null when there is none. */
    @Nullable
    Client find(String id);

    /**
     * Some of those that are wanted, in the order of their ids.
     *
     * @param after the id after which to go on, whether it is still here or not; null to begin
     * @param limit how many at most
     */
    List<Client> list(Predicate<Client> wanted, @Nullable String after, int limit);

    /** All of them. */
    default List<Client> all() {
        return list(client -> true, null, Integer.MAX_VALUE);
    }

    /** How many there are. */
    int size();

    /** Ends a client, for that reason; whether there was one. When this returns it has left. */
    boolean end(String id, DisconnectReason reason);
}
