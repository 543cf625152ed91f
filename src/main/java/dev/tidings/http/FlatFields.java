package dev.tidings.http;

import dev.tidings.event.InvalidRequestException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a small body, a form or a JSON object, as texts: for addresses at which no event is published.
 *
 * <p>In JSON a field is a string or a number, and {@code null} is absent. Where a field may be repeated, it may be a list of
 * those. Fields in the query are refused, except those of tokens: addresses are logged on their way.
 *
 * <p><b>Threads.</b> The request's.
 */
public final class FlatFields {

    private static final String JSON = "application/json";

    private FlatFields() {}

    /** Answers a request whose fields are there. */
    @FunctionalInterface
    public interface Receiver {

        /** Answers it. An exception becomes an answer as at every door. */
        void receive(Map<String, List<String>> fields) throws IOException;
    }

    /**
     * Has a request answered when its fields are there.
     *
     * @param what begins the sentence that says that a body is no object, such as {@code A revocation}
     * @param repeatable the fields that may be given more than once
     * @param maxBytes the most bytes that the body may have
     * @throws Problem 415 when the body is something else, 413 when it is too large
     */
    public static void receive(
            HttpServletRequest request,
            HttpServletResponse response,
            Bodies bodies,
            String what,
            Set<String> repeatable,
            int maxBytes,
            Receiver receiver)
            throws IOException {
        requireNoneInQuery(request);
        ContentType type = ContentType.of(request);
        boolean json = type.mediaType().equals(JSON);
        if (!json && !type.mediaType().equals(PostedForm.TYPE)) {
            throw type.unsupportedFor(PostedForm.TYPE + " or " + JSON);
        }
        type.requireReadable(request);
        bodies.receive(request, response, Authentication.of(request).name(), maxBytes, body -> {
            String text = body.text(maxBytes);
            Map<String, List<String>> fields = json ? ofJson(what, text, repeatable) : ofForm(text);
            fields.forEach((name, values) -> {
                // Whoever makes a list of what is allowed, and puts nothing in it, does not mean everything.
                JsonFields.requireItems(name, values.isEmpty());
                if (values.size() > 1 && !repeatable.contains(name)) {
                    throw new InvalidRequestException(name, "It is given more than once; give it once.");
                }
            });
            receiver.receive(fields);
        });
    }

    /**
     * Returns when the query has no field beside those of tokens.
     *
     * @throws InvalidRequestException naming the first
     */
    public static void requireNoneInQuery(HttpServletRequest request) {
        for (Query.Pair pair : Query.of(request).without(TokenSource.QUERY_FIELDS)) {
            throw new InvalidRequestException(pair.name(), "Send it in the body, as a form or as JSON.");
        }
    }

    private static Map<String, List<String>> ofForm(String text) {
        var fields = new LinkedHashMap<String, List<String>>();
        for (Query.Pair pair : Query.parseForm(text)) {
            fields.computeIfAbsent(pair.name(), name -> new ArrayList<>()).add(pair.value());
        }
        return fields;
    }

    private static Map<String, List<String>> ofJson(String what, String text, Set<String> repeatable) {
        var fields = new LinkedHashMap<String, List<String>>();
        StrictJson.members(what, text, repeatable).forEach((name, value) -> {
            if (!value.isNull()) {
                fields.put(
                        name,
                        value.isList() && repeatable.contains(name)
                                ? value.items().stream()
                                        .map(item -> text(name, item))
                                        .toList()
                                : List.of(text(name, value)));
            }
        });
        return fields;
    }

    private static String text(String name, JsonValue value) {
        if (!value.isString() && !value.isNumber()) {
            throw new InvalidRequestException(name, "Give it as a string or a number.");
        }
        return value.text();
    }
}
