package dev.tidings.http.clients;

import dev.tidings.event.InvalidRequestException;
import dev.tidings.http.Query;
import dev.tidings.hub.Client;
import dev.tidings.hub.ClientRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Which page of clients a query asks for.
 *
 * <p><b>Threads.</b> Any.
 */
final class PageQuery {

    static final String LIMIT = "limit";
    static final String AFTER = "after";

    private static final int DEFAULT_LIMIT = 100;

    private PageQuery() {}

    /** The id of the client after which the page goes on, or null. */
    static @Nullable String after(Query query) {
        String text = query.first(AFTER);
        if (text != null && !Client.isId(text)) {
            throw new InvalidRequestException(AFTER, "Give the id of a client, as the list has it.");
        }
        return text;
    }

    /** The most clients of the page. */
    static int limit(Query query) {
        return query.number(LIMIT, 1, ClientRegistry.MAX_LIMIT, DEFAULT_LIMIT);
    }
}
