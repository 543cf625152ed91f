package dev.tidings.redis;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The servers behind an address, of which one takes writes and holds our keys.
 *
 * <p>Each connect finds that one anew. Sentinels are asked in turn which one it is, and the server itself is asked whether
 * that is true. Of several hosts it is the first whose role is {@code master}. A server of a cluster that does not hold our
 * keys names the one that does.
 *
 * <p>A connect begins with the host that led to a server the last time. So a dead host delays one connect only.
 *
 * <p><b>Threads.</b> Any. A connect blocks its thread for at most the connect timeout for each host, and as long again for
 * each server that the hosts lead to. An interrupt ends it. Only the system's name service may take longer.
 */
public final class RedisServers {

    private final RedisAddress address;
    private final Greeting greeting;
    private final Duration connectTimeout;
    private final @Nullable SSLSocketFactory tls;
    private final LongAdder connects = new LongAdder();
    private volatile int first;

    /** The process that was found last. */
    private volatile String found = "";

    /**
     * @param key a key whose hash slot all keys share
     * @param connectTimeout how long it may take to connect to one server and to log in
     * @param trust the certificates that are trusted, or null for the JDK's
     */
    public RedisServers(
            RedisAddress address, String key, Duration connectTimeout, @Nullable TrustedCertificates trust) {
        this.address = address;
        this.greeting = new Greeting(address, key);
        this.connectTimeout = connectTimeout;
        this.tls = address.isTls() ? TrustedCertificates.socketFactory(trust) : null;
    }

    /**
     * Connects to the server that takes writes now.
     *
     * @param readTimeout how long an answer may take on that connection
     * @throws RedisUnavailableException with a sentence for each host and server that is not the one
     */
    public RedisConnection connect(Duration readTimeout) {
        List<Endpoint> hosts = address.hosts();
        var faults = new LinkedHashMap<String, String>();
        int begin = first;
        for (int i = 0; i < hosts.size(); i++) {
            int index = (begin + i) % hosts.size();
            RedisConnection connection = connectBy(hosts.get(index), faults);
            if (connection != null) {
                first = index;
                found = connection.runId();
                connection.readTimeout(readTimeout);
                connects.increment();
                return connection;
            }
        }
        throw new RedisUnavailableException(String.join("; ", faults.values()));
    }

    /** How many connections were made. */
    public long connects() {
        return connects.sum();
    }

    /**
     * Whether a connection leads to the server that was found last. Of two that both take writes that one is right. The other
     * was the primary, and has not heard yet that it is not.
     */
    public boolean isRight(RedisConnection connection) {
        return connection.runId().equals(found);
    }

    /** Returns the address, without its password. */
    @Override
    public String toString() {
        return address.toString();
    }

    /** Connects to what this host leads to; or returns null, and notes the fault of each server that was asked. */
    private @Nullable RedisConnection connectBy(Endpoint host, Map<String, String> faults) {
        Endpoint server = address.master() == null ? host : byName(address.master(), host, faults);
        while (server != null && !faults.containsKey(server.toString())) {
            try {
                return greeting.open(server, tls, connectTimeout);
            } catch (RedisRefusedException moved) {
                faults.put(server.toString(), String.valueOf(moved.getMessage()));
                server = target(moved, server);
            } catch (RedisUnavailableException fault) {
                faults.put(server.toString(), String.valueOf(fault.getMessage()));
                return null;
            }
        }
        return null;
    }

    private @Nullable Endpoint byName(String master, Endpoint sentinel, Map<String, String> faults) {
        try {
            return Sentinel.ask(sentinel, master, connectTimeout);
        } catch (RedisUnavailableException fault) {
            faults.put(sentinel.toString(), String.valueOf(fault.getMessage()));
            return null;
        }
    }

    /** Reads {@code MOVED 3999 10.0.0.2:6379}. A server that does not know its cluster's addresses leaves out the host. */
    private static Endpoint target(RedisRefusedException moved, Endpoint asked) {
        String named = moved.reason().substring(moved.reason().lastIndexOf(' ') + 1);
        int colon = named.lastIndexOf(':');
        String host = named.substring(0, colon);
        return new Endpoint(host.isEmpty() ? asked.host() : host, Integer.parseInt(named.substring(colon + 1)));
    }
}
