package dev.tidings.http;

import dev.tidings.event.InvalidRequestException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where in a request a token stands, in the order in which the places are looked at. */
public enum TokenPlace {

    /** {@code Authorization: Bearer} and the token (RFC 6750). Another scheme is not for us and counts as absent. */
    HEADER {
        @Override
        List<String> tokens(HttpServletRequest request, TokenCookie cookie) {
            var tokens = new ArrayList<String>();
            for (String value : Collections.list(request.getHeaders("Authorization"))) {
                if (isBearer(value)) {
                    tokens.add(withoutBearer(value));
                }
            }
            return tokens;
        }
    },

    /** A query field, for EventSource, which cannot set headers. */
    QUERY {
        @Override
        List<String> tokens(HttpServletRequest request, TokenCookie cookie) {
            var tokens = new ArrayList<String>();
            for (Query.Pair pair : Query.of(request)) {
                if (QUERY_FIELDS.contains(pair.name())) {
                    tokens.add(bare(pair.value()));
                }
            }
            return tokens;
        }
    },

    /** The cookie that logging in sets, for our own pages. */
    COOKIE {
        @Override
        List<String> tokens(HttpServletRequest request, TokenCookie cookie) {
            // Browsers put the one of the longest path first, and that is this context's: others may be a neighbour's.
            return cookie.values(request).stream().limit(1).toList();
        }
    };

    /** The query fields that hold a token and nothing else. */
    static final Set<String> QUERY_FIELDS = Set.of("authorization", "token");

    private static final String BEARER = "bearer";

    abstract List<String> tokens(HttpServletRequest request, TokenCookie cookie);

    /**
     * The token that stands here, without {@code Bearer}; it may be empty. Null when there is none.
     *
     * @throws InvalidRequestException when there are several, since others may read another one than we do
     */
    @Nullable
    String find(HttpServletRequest request, TokenCookie cookie) {
        List<String> tokens = tokens(request, cookie);
        if (tokens.size() > 1) {
            throw new InvalidRequestException("authorization", "It is given more than once; give one token.");
        }
        return tokens.isEmpty() ? null : tokens.get(0);
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
