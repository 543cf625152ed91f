package dev.tidings.registry;

import static java.util.Objects.requireNonNull;

import dev.tidings.hub.AskedTopics;
import dev.tidings.hub.Client;
import dev.tidings.hub.ClientPage;
import dev.tidings.hub.RegistryUnavailableException;
import dev.tidings.redis.RedisConnection;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Answers in the place of a node that has a lease and does not answer, by what the node has stored. The figures of its clients
 * are those of when they came.
 *
 * <p><b>Threads.</b> Any, each with a connection of its own.
 */
final class StoredAnswers {

    private final StoredClients stored;

    StoredAnswers(StoredClients stored) {
        this.stored = stored;
    }

    /**
     * The answer of that node.
     *
     * @throws RegistryUnavailableException if only the node itself could do what is asked
     */
    Answer of(RedisConnection connection, Question question, NodeLease node) {
        return switch (question.kind()) {
            case LIST, FIND -> new Answer(node.node(), page(connection, question, node), 0);
            case COUNT -> new Answer(node.node(), Answer.NOBODY, count(connection, question, node));
            case ASKING -> Answer.counting(node.node(), asked(connection, node).count(question.topics()));
            case SELECTORS ->
                Answer.counting(node.node(), asked(connection, node).selectors(requireNonNull(question.client())));
            // It tells nothing while it does not answer, and will know when it does.
            case FOLLOW, LEAVE, WITHDRAW -> new Answer(node.node(), Answer.NOBODY, 0);
            case DRAIN -> {
                if (!node.name().equals(question.filter().node())) {
                    yield new Answer(node.node(), Answer.NOBODY, 0);
                }
                throw new RegistryUnavailableException(
                        "The node \"" + node.name() + "\" does not answer, so it may not drain. Try again.");
            }
            case REVOKE ->
                throw new RegistryUnavailableException("The revocation is kept, but the node \"" + node.name()
                        + "\" has not said that it knows of it. Send it again, which waits for that node.");
            case EXPLAIN ->
                throw new RegistryUnavailableException("The node \"" + node.name()
                        + "\" does not answer, so nobody knows what its streams were given. Try again.");
            case HEAR ->
                throw new RegistryUnavailableException("The node \"" + node.name()
                        + "\" does not answer, so it may still have in memory what was erased. Try again.");
            case END, END_ALL ->
                throw new RegistryUnavailableException("The node \"" + node.name()
                        + "\" does not answer, so its clients may not have ended. Try again.");
        };
    }

    private AskedTopics asked(RedisConnection connection, NodeLease node) {
        var asked = new AskedTopics();
        stored.forEach(connection, node.node(), client -> asked.add(client.topics()));
        return asked;
    }

    private int count(RedisConnection connection, Question question, NodeLease node) {
        var ids = new HashSet<String>();
        stored.forEach(connection, node.node(), client -> {
            if (question.filter().matches(client)) {
                ids.add(client.id());
            }
        });
        return ids.size();
    }

    private ClientPage page(RedisConnection connection, Question question, NodeLease node) {
        Predicate<Client> wanted = wanted(question);
        var found = new TreeMap<String, Client>();
        stored.forEach(connection, node.node(), client -> {
            if (wanted.test(client)) {
                found.put(client.id(), client);
                if (found.size() > question.limit() + 1) {
                    found.pollLastEntry();
                }
            }
        });
        return ClientPage.of(List.copyOf(found.values()).iterator(), question.limit());
    }

    private static Predicate<Client> wanted(Question question) {
        String id = question.client();
        if (question.kind() == Question.Kind.FIND) {
            return client -> client.id().equals(id);
        }
        return client ->
                question.filter().matches(client) && (id == null || client.id().compareTo(id) > 0);
    }
}
