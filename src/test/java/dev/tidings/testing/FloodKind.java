package dev.tidings.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a flood is of. All of it comes from ten users, most of whom have good tokens, and from one address.
 *
 * <p>Which statuses a hub may answer with is known for one that has the limits of {@link #limited}.
 */
@SuppressWarnings("ImmutableEnumChecker") // Its sets are of Set.of, which do not change.
public enum FloodKind {
    /** Streams that are closed as soon as they are open. */
    CONNECTS(32, Set.of(200, 429), Set.of(429)) {
        @Override
        Flood.Source source(URI server) {
            return closing(connection -> get(server, "/events?topic=/flood", good(connection)));
        }
    },
    /** Requests for streams with tokens that nobody signed, each another one, of 4 KiB. */
    BAD_TOKENS(16, Set.of(401), Set.of(401)) {
        @Override
        Flood.Source source(URI server) {
            String token = Tokens.user("flood").claim("x", "x".repeat(2_900)).jwt();
            int signature = token.lastIndexOf('.') + 1;
            var numbers = new int[1];
            return connection -> {
                String bad = token.substring(0, signature) + String.format("%043d", numbers[0]++);
                return get(server, "/events?topic=/flood", "Authorization: Bearer " + bad + "\r\n");
            };
        }
    },
    /** Bodies of which only the beginning comes. */
    SLOW_BODIES(3_000, Set.of(408, 429, 503), Set.of(429, 503)) {
        @Override
        Flood.Source source(URI server) {
            return closing(
                    connection -> post(server, good(connection), "text/plain", "Content-Length: 1000\r\n", "begins"));
        }
    },
    /** Bodies beyond the limit: by their announced length, by their chunks, and by what their JSON holds. */
    HUGE_BODIES(8, Set.of(413, 429, 503, Flood.CUT), Set.of(413)) {
        @Override
        Flood.Source source(URI server) {
            int size = 5 << 20;
            String text = "x".repeat(size);
            String json = "{\"topic\":\"/flood\",\"msg\":\"" + text + "\"}";
            String chunks = Integer.toHexString(size) + "\r\n" + text + "\r\n0\r\n\r\n";
            byte[][] all = {
                post(server, good(0), "text/plain", "Content-Length: " + 2 * size + "\r\n", text),
                post(server, good(1), "text/plain", "Transfer-Encoding: chunked\r\n", chunks),
                post(server, good(2), "application/json", "Content-Length: " + json.length() + "\r\n", json)
            };
            return closing(connection -> all[connection % all.length]);
        }
    },
    /** Events with a thousand topics each, which nobody has named before. */
    TOPICS(10, Set.of(201, 429), Set.of(429)) {
        @Override
        Flood.Source source(URI server) {
            return topics(server);
        }
    },
    /** Streams with the slowest templates that there are, which stay, and events with a thousand topics each for them to match. */
    TEMPLATES(310, Set.of(200, 201, 429, 503), Set.of(429, 503)) {
        @Override
        Flood.Source source(URI server) {
            Flood.Source events = topics(server);
            Flood.Source streams = connection -> get(server, templates(connection), good(connection));
            return new Flood.Source() {
                @Override
                public byte[] request(int connection) {
                    return (isPublisher(connection) ? events : streams).request(connection);
                }

                @Override
                public Flood.Next next(int connection, int status) {
                    return isPublisher(connection)
                            ? Flood.Next.AGAIN
                            : status == 200 ? Flood.Next.STAY : Flood.Next.ANOTHER;
                }
            };
        }
    };

    /** Both users and connections that publish beside streams. */
    private static final int USERS = 10;

    private static final int TOPICS_EACH = 1_000;
    private static final int TEMPLATES_EACH = 50;
    private static final int VARIABLES = 16;

    private final int connections;
    private final Set<Integer> answers;
    private final Set<Integer> refusals;

    FloodKind(int connections, Set<Integer> answers, Set<Integer> refusals) {
        this.connections = connections;
        this.answers = answers;
        this.refusals = refusals;
    }

    /** With the limits that the documents begin with, and heartbeats that soon find out who is gone. */
    public static ContainerSpec limited(ContainerSpec spec) {
        return spec.set("tidings.limit.streams", "10000")
                .set("tidings.limit.streams-per-user", "50")
                .set("tidings.limit.streams-per-address", "500")
                .set("tidings.limit.connect-rate", "50")
                .set("tidings.limit.publish-rate", "100")
                .set("tidings.heartbeat", "2s");
    }

    /** How many connections it has at once. */
    int connections() {
        return connections;
    }

    /** The only statuses that it may be answered with; 0 where the connection may end instead. */
    public Set<Integer> answers() {
        return answers;
    }

    /** The statuses one of which it has to be answered with, so that there are others left to serve. */
    public Set<Integer> refusals() {
        return refusals;
    }

    abstract Flood.Source source(URI server);

    private static Flood.Source closing(Flood.Source requests) {
        return new Flood.Source() {
            @Override
            public byte[] request(int connection) {
                return requests.request(connection);
            }

            @Override
            public Flood.Next next(int connection, int status) {
                return Flood.Next.ANOTHER;
            }
        };
    }

    private static Flood.Source topics(URI server) {
        var numbers = new int[1];
        return connection -> {
            int first = numbers[0];
            numbers[0] += TOPICS_EACH;
            String topics = IntStream.range(first, first + TOPICS_EACH)
                    .mapToObj(number -> "\"/flood/" + number + "\"")
                    .collect(Collectors.joining(","));
            String json = "{\"topic\":[" + topics + "],\"msg\":\"x\"}";
            return post(
                    server, good(connection), "application/json", "Content-Length: " + json.length() + "\r\n", json);
        };
    }

    private static boolean isPublisher(int connection) {
        return connection < USERS;
    }

    /** No text of its own before its variables, so that every topic is compared with it, and to its end. */
    private static String templates(int connection) {
        String variables = IntStream.range(0, VARIABLES)
                .mapToObj(i -> "%7B" + (char) ('a' + i) + "%7D")
                .collect(Collectors.joining());
        return IntStream.range(0, TEMPLATES_EACH)
                .mapToObj(i -> "topic=" + variables + "!" + connection + "x" + i)
                .collect(Collectors.joining("&", "/events?", ""));
    }

    private static String good(int connection) {
        return GoodTokens.LINES[connection % USERS];
    }

    private static byte[] get(URI server, String target, String headers) {
        return ("GET " + server.getRawPath() + target + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n" + headers
                        + "\r\n")
                .getBytes(UTF_8);
    }

    private static byte[] post(URI server, String authorization, String type, String framing, String body) {
        String target = type.equals("text/plain") ? "/msg?topic=/flood" : "/msg";
        return ("POST " + server.getRawPath() + target + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n"
                        + authorization + "Content-Type: " + type + "\r\n" + framing + "\r\n" + body)
                .getBytes(UTF_8);
    }

    /** The header lines of the users that flood. */
    private static final class GoodTokens {

        static final String[] LINES = IntStream.range(0, USERS)
                .mapToObj(user -> "Authorization: "
                        + Tokens.grant("flood-" + user, List.of("*"), List.of("*"))
                                .bearer()
                        + "\r\n")
                .toArray(String[]::new);
    }
}
