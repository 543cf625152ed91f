package dev.tidings.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is, as the operator sets it.
 *
 * <ul>
 *   <li>{@code redis://[[user]:password@]host[:6379][,host…][/database]}: a server; or several hosts, one of which takes
 *       writes; or some servers of a cluster
 *   <li>{@code rediss://…}: the same over TLS
 *   <li>{@code redis+sentinel://[[user]:password@]host[:26379][,host…]/master[/database]}: sentinels, which know the servers
 *       by the name {@code master}. User and password are those of the servers
 * </ul>
 *
 * <p>User, password and master are percent-decoded. No text that this class makes shows the password.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class RedisAddress {

    private static final String TLS = "rediss";
    private static final String SENTINEL = "redis+sentinel";

    private static final int PORT = 6379;
    private static final int SENTINEL_PORT = 26379;
    private static final int LAST_PORT = 65_535;

    private static final Pattern ADDRESS = Pattern.compile(
            "(?s)(?<scheme>redis|rediss|redis\\+sentinel)://(?:(?<login>.*)@)?(?<hosts>[^/]*)(?:/(?<path>.*))?");
    private static final Pattern LOGIN = Pattern.compile("(?s)(?<user>[^:]*):(?<password>.+)");
    private static final Pattern HOST =
            Pattern.compile("(?:\\[(?<address>[0-9A-Fa-f:.]+)]|(?<name>[A-Za-z0-9._-]+))(?::(?<port>.*))?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final String scheme;
    private final @Nullable String user;
    private final @Nullable String password;
    private final List<Endpoint> hosts;
    private final @Nullable String master;
    private final int database;

    private RedisAddress(Matcher address) {
        scheme = address.group("scheme");
        boolean sentinel = scheme.equals(SENTINEL);
        hosts = Stream.of(address.group("hosts").split(",", -1))
                .map(host -> host(host, sentinel ? SENTINEL_PORT : PORT))
                .toList();
        String path = address.group("path") == null ? "" : address.group("path");
        String[] parts = path.split("/", 2);
        master = sentinel ? master(parts[0]) : null;
        database = database(!sentinel ? path : parts.length == 1 ? "" : parts[1]);
        Matcher login = address.group("login") == null ? null : login(address.group("login"));
        user = login == null || login.group("user").isEmpty() ? null : decoded(login.group("user"));
        password = login == null ? null : decoded(login.group("password"));
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException saying what is wrong and how to write it. The sentence repeats nothing of the
     *     address, since in a mistyped one the password may stand anywhere
     */
    public static RedisAddress parse(String text) {
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches()) {
            throw new IllegalArgumentException("does not begin with redis://, rediss:// or redis+sentinel://");
        }
        return new RedisAddress(address);
    }

    /** Whether the servers are reached over TLS. */
    public boolean isTls() {
        return scheme.equals(TLS);
    }

    /** Returns the address in full, with {@code ***} for the password. */
    @Override
    public String toString() {
        String login = password == null ? "" : (user == null ? "" : user) + ":***@";
        String all = hosts.stream().map(Endpoint::toString).collect(Collectors.joining(","));
        return scheme + "://" + login + all + (master == null ? "" : "/" + master) + "/" + database;
    }

    /** Returns the servers; or the sentinels, if there is a {@link #master}. At least one. */
    List<Endpoint> hosts() {
        return hosts;
    }

    /** Returns the name by which sentinels know the servers, or null if there are no sentinels. */
    @Nullable
    String master() {
        return master;
    }

    @Nullable
    String user() {
        return user;
    }

    @Nullable
    String password() {
        return password;
    }

    int database() {
        return database;
    }

    private static Matcher login(String text) {
        if (Stream.of("@", "/", "?", "#").anyMatch(text::contains)) {
            throw new IllegalArgumentException(
                    "has a user or password with @, /, ? or # in it: write %40, %2F, %3F or %23 instead");
        }
        Matcher login = LOGIN.matcher(text);
        if (!login.matches()) {
            throw new IllegalArgumentException("has no password before the @: write user:password@, or :password@");
        }
        return login;
    }

    private static Endpoint host(String text, int usualPort) {
        Matcher host = HOST.matcher(text);
        if (!host.matches()) {
            throw new IllegalArgumentException(
                    "has a host that is neither a name nor an IPv4 address nor an IPv6 address in brackets");
        }
        String name = host.group("name") == null ? host.group("address") : host.group("name");
        String port = host.group("port");
        return new Endpoint(name, port == null ? usualPort : port(port));
    }

    private static int port(String text) {
        int port = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("has a port that is not a number from 1 to 65535");
        }
        return port;
    }

    private static String master(String text) {
        if (text.isEmpty() || text.contains("?") || text.contains("#")) {
            throw new IllegalArgumentException("does not end with the name that sentinels know, as in /mymaster");
        }
        return decoded(text);
    }

    private static int database(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("does not end with the number of a database, as in /0");
        }
        return Integer.parseInt(text);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException secret) {
            // Its own words hold a part of the password, and so it is no cause of this.
            throw new IllegalArgumentException("has a % without two hexadecimal digits behind it: write %25");
        }
    }
}
