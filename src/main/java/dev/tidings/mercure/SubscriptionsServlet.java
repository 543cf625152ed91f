package dev.tidings.mercure;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.auth.Digest;
import dev.tidings.auth.ForbiddenException;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
import dev.tidings.http.Authentication;
import dev.tidings.http.Methods;
import dev.tidings.http.Problem;
import dev.tidings.http.ResponseBody;
import dev.tidings.hub.Client;
import dev.tidings.hub.ClientRegistry;
import dev.tidings.hub.Hub;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows the active subscriptions: {@code GET} of a {@link SubscriptionAddress}. A subscribe selector of the token has
 * to match the address, in the form of its path also when it was asked for by query.
 *
 * <p>Documents are of this moment; an {@code ETag} tells whether one has changed.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class SubscriptionsServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient Hub hub;
    private final transient ClientRegistry clients;

    /**
     * @param hub says where a subscriber goes on from a document
     * @param clients the clients of all nodes
     */
    public SubscriptionsServlet(Hub hub, ClientRegistry clients) {
        this.hub = hub;
        this.clients = clients;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Methods.requireRead(request);
        var address = SubscriptionAddress.of(request);
        SelectorSet granted = Authentication.of(request).requireGrant().subscribe();
        if (address.topics().stream().noneMatch(granted::matches)) {
            throw new ForbiddenException("no subscribe selector of the token matches \"" + address.path() + "\"."
                    + " Add one that does to the token's claim mercure.subscribe");
        }
        String json = SubscriptionDocument.json(document(address));
        String tag = '"' + new Digest().add(json).name() + '"';
        response.setHeader("ETag", tag);
        response.setHeader("Cache-Control", "no-cache, private");
        if (isKnown(tag, request)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        byte[] body = (json + '\n').getBytes(UTF_8);
        ResponseBody.write(response, "application/ld+json", body);
    }

    private Map<String, Object> document(SubscriptionAddress address) {
        // Read before the clients: a subscriber that goes on from there learns of all later changes.
        String lastEventId = hub.start(null).primed();
        if (address.subscriber() != null) {
            return one(address, address.subscriber(), lastEventId);
        }
        var members = new ArrayList<Map<String, Object>>();
        for (Client client : clients.all()) {
            for (TopicSelector selector : selectors(client, address.topic())) {
                members.add(SubscriptionDocument.member(client, selector, true));
            }
        }
        return SubscriptionDocument.collection(address.path(), lastEventId, members);
    }

    private Map<String, Object> one(SubscriptionAddress address, String id, String lastEventId) {
        Client client = clients.find(id);
        List<TopicSelector> found = client == null ? List.of() : selectors(client, address.topic());
        if (client == null || found.isEmpty()) {
            throw Problem.notFound("There is no such subscription; it may have ended.");
        }
        Map<String, Object> document = SubscriptionDocument.of(client, found.get(0), true);
        document.put("lastEventID", lastEventId);
        return document;
    }

    /** The selectors of a client: all, or the one with this text. */
    private static List<TopicSelector> selectors(Client client, @Nullable String topic) {
        List<TopicSelector> all = client.topics().selectors();
        return topic == null
                ? all
                : all.stream().filter(selector -> selector.text().equals(topic)).toList();
    }

    /** Whether the client says that it has this already (RFC 9110, section 13.1.2). */
    private static boolean isKnown(String tag, HttpServletRequest request) {
        return Collections.list(request.getHeaders("If-None-Match")).stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(String::trim)
                .anyMatch(known -> known.equals("*") || known.equals(tag) || known.equals("W/" + tag));
    }
}
