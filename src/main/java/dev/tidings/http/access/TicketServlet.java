package dev.tidings.http.access;

import dev.tidings.auth.Grant;
import dev.tidings.auth.Tickets;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.http.Authentication;
import dev.tidings.http.Bodies;
import dev.tidings.http.FlatFields;
import dev.tidings.http.JsonAnswer;
import dev.tidings.http.JsonMembers;
import dev.tidings.http.Methods;
import dev.tidings.http.SubscriptionReader;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives tickets for tokens: {@code POST /tickets}. A ticket opens one stream, so that no token need stand in its address.
 *
 * <p>A body is not needed. It may have {@code topic}, once or more: then the stream may ask for nothing else.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class TicketServlet extends HttpServlet {

    public static final String PATH = "/tickets";

    private static final long serialVersionUID = 1;

    private static final String TOPIC = "topic";

    /** A hundred topics, escaped. */
    private static final int MAX_BODY_BYTES = 1 << 20;

    private final transient Tickets tickets;
    private final transient Bodies bodies;

    /** @param bodies reads what is posted */
    public TicketServlet(Tickets tickets, Bodies bodies) {
        this.tickets = tickets;
        this.bodies = bodies;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Methods.require(request, "POST");
        Authentication sender = Authentication.of(request);
        Grant grant = sender.requireGrant();
        if (hasBody(request)) {
            FlatFields.receive(
                    request,
                    response,
                    bodies,
                    "What a ticket is for",
                    Set.of(TOPIC),
                    MAX_BODY_BYTES,
                    fields -> give(response, sender, grant, topics(fields)));
        } else {
            FlatFields.requireNoneInQuery(request);
            give(response, sender, grant, null);
        }
    }

    private void give(HttpServletResponse response, Authentication sender, Grant grant, @Nullable SelectorSet topics)
            throws IOException {
        Tickets.Ticket ticket = tickets.give(sender.name(), grant, topics);
        JsonAnswer.write(response, HttpServletResponse.SC_CREATED, answer(ticket));
    }

    private static Map<String, Object> answer(Tickets.Ticket ticket) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("ticket", ticket.text());
        answer.put("expires", JsonMembers.time(ticket.expires()));
        return answer;
    }

    private static @Nullable SelectorSet topics(Map<String, List<String>> fields) {
        for (String name : fields.keySet()) {
            if (!name.equals(TOPIC)) {
                throw new InvalidRequestException(name, "A ticket has no such field; it may have topic, once or more.");
            }
        }
        List<String> topics = fields.getOrDefault(TOPIC, List.of());
        SubscriptionReader.requireFew(topics);
        return topics.isEmpty() ? null : SelectorSet.parse(topics);
    }

    /** Programs send none without saying so, and pages say that it is empty. */
    private static boolean hasBody(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        return length > 0
                || (length < 0 && (request.getHeader("Transfer-Encoding") != null || request.getContentType() != null));
    }
}
