package dev.tidings.http;

import dev.tidings.event.InvalidRequestException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A part of a request that a token may stand in; the hub looks at them in this order. */
public enum TokenSource {

    /** {@code Authorization: Bearer} and the token (RFC 6750). Another scheme is not for us and counts as absent. */
    HEADER {
        @Override
        public List<String> find(HttpServletRequest request, Function<HttpServletRequest, List<String>> cookies) {
            var tokens = new ArrayList<String>();
            for (String value : Collections.list(request.getHeaders("Authorization"))) {
                if (isBearer(value)) {
                    add(withoutBearer(value), tokens, "authorization");
                }
            }
            return tokens;
        }
    },

    /** A query field with a ticket, which stands for a token, once. */
    TICKET {
        @Override
        public List<String> find(HttpServletRequest request, Function<HttpServletRequest, List<String>> cookies) {
            var tickets = new ArrayList<String>();
            for (Query.Pair pair : Query.of(request)) {
                if (pair.name().equals(TICKET_FIELD) && !pair.value().isEmpty()) {
                    add(pair.value(), tickets, TICKET_FIELD);
                }
            }
            return tickets;
        }
    },

    /** A query field, for EventSource, which cannot set headers. An empty one is an unfilled variable, and no token. */
    QUERY {
        @Override
        public List<String> find(HttpServletRequest request, Function<HttpServletRequest, List<String>> cookies) {
            var tokens = new ArrayList<String>();
            for (Query.Pair pair : Query.of(request)) {
                String token =
                        TOKEN_FIELDS.contains(pair.name()) ? bare(pair.value().strip()) : "";
                if (!token.isEmpty()) {
                    add(token, tokens, pair.name());
                }
            }
            return tokens;
        }
    },

    /** The cookie that logging in sets, for our own pages. */
    COOKIE {
        @Override
        public List<String> find(HttpServletRequest request, Function<HttpServletRequest, List<String>> cookies) {
            return cookies.apply(request);
        }
    };

    private static final String TICKET_FIELD = "ticket";

    private static final Set<String> TOKEN_FIELDS = Set.of("authorization", "token");

    /** The query fields that hold a token or a ticket and nothing else. */
    public static final Set<String> QUERY_FIELDS =
            Stream.concat(TOKEN_FIELDS.stream(), Stream.of(TICKET_FIELD)).collect(Collectors.toUnmodifiableSet());

    private static final String BEARER = "bearer";

    /**
     * The tokens, or the ticket, that stand here, without {@code Bearer}: none, one that may be empty, or of cookies several, since a
     * browser also sends those of other paths and of the whole domain, and a request does not tell them apart.
     *
     * @param cookies the tokens in the cookies of a request
     * @throws InvalidRequestException when a header or the query has several, since others may read another one than
     * we do
     */
    public abstract List<String> find(HttpServletRequest request, Function<HttpServletRequest, List<String>> cookies);

    private static void add(String token, List<String> tokens, String field) {
        if (!tokens.isEmpty()) {
            throw new InvalidRequestException(field, "A token is given more than once; send one.");
        }
        tokens.add(token);
    }

    /** A token as people copy it, without the {@code Bearer} that may stand before it. */
    public static String bare(String text) {
        return isBearer(text) ? withoutBearer(text) : text;
    }

    private static boolean isBearer(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return lower.equals(BEARER) || lower.startsWith(BEARER + " ");
    }

    private static String withoutBearer(String value) {
        return value.substring(BEARER.length()).trim();
    }
}
