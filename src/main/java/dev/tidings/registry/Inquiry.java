package dev.tidings.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.RegistryUnavailableException;
import dev.tidings.logging.Logs;
import dev.tidings.redis.RedisConnection;
import dev.tidings.redis.RedisServers;
import dev.tidings.redis.SharedConnections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks the other nodes of a hub, and waits for their answers, for a bounded time.
 *
 * <p><b>Threads.</b> Any; a few at a time, the others wait.
 */
final class Inquiry implements AutoCloseable {

    private static final System.Logger LOG = Logs.of(Inquiry.class);

    /** How long the other nodes may take to answer. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How long Redis may take: an answer of a node is waited for inside it. */
    private static final Duration READ_TIMEOUT = PATIENCE.plusSeconds(1);

    /** How many questions may wait for answers. */
    private static final int MOST = 4;

    private static final double SHORTEST_WAIT = 0.001;

    private final RegistryKeys keys;
    private final NodeLeases leases;
    private final StoredAnswers instead;
    private final Consumer<byte[]> toAll;
    private final SharedConnections connections;
    private final Unreadable unreadable =
            new Unreadable(LOG, "an answer of another node cannot be read", System::nanoTime);

    /** @param toAll sends a command to all nodes, and never waits */
    Inquiry(RedisServers servers, RegistryKeys keys, NodeLeases leases, Consumer<byte[]> toAll) {
        this.keys = keys;
        this.leases = leases;
        this.instead = new StoredAnswers(new StoredClients(keys));
        this.toAll = toAll;
        this.connections = new SharedConnections(servers, MOST, READ_TIMEOUT, PATIENCE, System::nanoTime);
    }

    /** Asks all other nodes. */
    List<Answer> all(Question question) {
        return until(question, answer -> false);
    }

    /**
     * Asks all other nodes, and waits until each has answered, or one answer is enough.
     *
     * @throws RegistryUnavailableException if Redis is away, or a node does not answer that alone could do what is asked
     */
    List<Answer> until(Question question, Predicate<Answer> isEnough) {
        try {
            return connections.with(connection -> ask(connection, question, isEnough));
        } catch (LogUnavailableException away) {
            throw new RegistryUnavailableException(
                    "The other nodes cannot be asked: " + away.getMessage() + ". Try again later.");
        }
    }

    /**
     * Tells all other nodes, and waits until each has heard it, or would hear it before anything else.
     *
     * @throws LogUnavailableException if Redis is away
     */
    void tell(Question news) {
        connections.with(connection -> ask(connection, news, answer -> false));
    }

    /**
     * Lends a connection for a short call.
     *
     * @throws LogUnavailableException if Redis is away
     */
    <T extends @Nullable Object> T with(Function<RedisConnection, T> use) {
        return connections.with(use);
    }

    /** Ends the questions that wait. */
    @Override
    public void close() {
        connections.close();
    }

    private List<Answer> ask(RedisConnection connection, Question question, Predicate<Answer> isEnough) {
        List<NodeLease> others = leases.others(connection);
        if (others.isEmpty()) {
            return List.of();
        }
        toAll.accept(NodeMessage.write(question.json()));
        var answers = new ArrayList<Answer>();
        Set<String> missing = new HashSet<>();
        others.forEach(other -> missing.add(other.node()));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!missing.isEmpty()) {
            Answer answer = next(connection, question, end);
            if (answer == null) {
                others.stream()
                        .filter(other -> missing.contains(other.node()))
                        .forEach(other -> answers.add(instead.of(connection, question, other)));
                break;
            }
            missing.remove(answer.from());
            answers.add(answer);
            if (isEnough.test(answer)) {
                break;
            }
        }
        return answers;
    }

    /** The next answer that can be read, or null if none comes in time. */
    private @Nullable Answer next(RedisConnection connection, Question question, long end) {
        while (true) {
            double left = (end - System.nanoTime()) / (double) TimeUnit.SECONDS.toNanos(1);
            if (left <= 0) {
                return null;
            }
            String wait = String.format(Locale.ROOT, "%.3f", Math.max(left, SHORTEST_WAIT));
            Object reply = connection.call("BLPOP", keys.answers(question.id()), wait.getBytes(UTF_8));
            if (!(reply instanceof List<?> pair)) {
                return null;
            }
            try {
                return Answer.read(NodeMessage.read((byte[]) pair.get(1)));
            } catch (IllegalArgumentException foreign) {
                unreadable.say(foreign);
            }
        }
    }
}
