package dev.tidings.registry;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.auth.RevocationStore;
import dev.tidings.hub.AskedTopics;
import dev.tidings.hub.Client;
import dev.tidings.hub.ClientFilter;
import dev.tidings.hub.ClientPage;
import dev.tidings.hub.ClientRegistry;
import dev.tidings.hub.DisconnectReason;
import dev.tidings.hub.Drain;
import dev.tidings.hub.ExplainedEvent;
import dev.tidings.hub.Explanation;
import dev.tidings.hub.LocalInterest;
import dev.tidings.hub.NodeReports;
import dev.tidings.hub.Nodes;
import dev.tidings.hub.SharedCount;
import dev.tidings.hub.SubscriberListener;
import dev.tidings.hub.TopicInterest;
import dev.tidings.hub.WorkerThread;
import dev.tidings.logging.Logs;
import dev.tidings.redis.RedisServers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The clients of all nodes of a hub. Its package says how. Over 300 lines, since each question is asked and answered here.
 *
 * <p>While Redis is away, nobody can tell what clients other nodes have, and so a question about them is refused. One that names
 * this node is answered.
 *
 * <p><b>Threads.</b> Any, as {@link ClientRegistry} and {@link SubscriberListener} say. {@link #accept} is called on the thread
 * that delivers, and does not wait.
 */
public final class SharedRegistry implements ClientRegistry, SubscriberListener, AutoCloseable {

    private static final System.Logger LOG = Logs.of(SharedRegistry.class);

    private final String node = UUID.randomUUID().toString();
    private final String name;
    private final ClientRegistry local;
    private final Consumer<byte[]> toAll;
    private final ClientStore store;
    private final NodeKeeper keeper;
    private final SlowAnswers slow;
    private final Inquiry inquiry;
    private final CountNews counts;
    private final SharedNodes nodes;
    private final StoredRevocations stored;
    private final Unreadable unreadable =
            new Unreadable(LOG, "a command of another node cannot be read", System::nanoTime);

    /** All interests of this node. Each is guarded by the hub's lock. */
    private final List<LocalInterest> interests = new CopyOnWriteArrayList<>();

    /** The interests of this node that all nodes know of. */
    private final Set<LocalInterest> announced = new HashSet<>();

    /** How often an interest has ended. Guarded by {@link #announced}. */
    private long endings;

    /**
     * The registry of a hub, which begins with {@link #start}.
     *
     * @param hub the name of the hub among those that share a Redis
     * @param name the name of this node
     * @param local this node's own clients
     * @param counted what this node counts and all nodes together have a bound for
     * @param toAll sends a command to all nodes, and never waits
     * @param drain how this node is drained
     * @param lost is told of each client of a node that is gone
     * @param back is called when other nodes have told that this node is gone, and it is not
     * @param revocations those of the hub
     */
    public SharedRegistry(
            RedisServers servers,
            String hub,
            String name,
            ClientRegistry local,
            List<SharedCount> counted,
            Consumer<byte[]> toAll,
            Drain drain,
            Consumer<Client> lost,
            Runnable back,
            StoredRevocations revocations) {
        this.name = name;
        this.local = local;
        this.toAll = toAll;
        var keys = new RegistryKeys(hub);
        var leases = new NodeLeases(keys, node, name);
        this.store = new ClientStore(keys, node);
        this.counts = new CountNews(counted, node, toAll);
        var reports = new NodeReports(name, System::nanoTime);
        var exchange = new ReportExchange(keys, node, reports);
        this.stored = revocations;
        this.keeper = new NodeKeeper(servers, keys, leases, store, counts, exchange, lost, back, revocations);
        this.slow = new SlowAnswers(
                Inquiry.PATIENCE,
                System::nanoTime,
                question -> NodeMessage.write(answer(question).json()),
                (question, answer) -> keeper.reply(question, () -> answer));
        this.inquiry = new Inquiry(servers, keys, leases, toAll);
        this.nodes = new SharedNodes(node, name, drain, inquiry, reports, exchange, keeper::wake);
    }

    /** Takes this node into the hub. */
    public void start() {
        slow.start();
        keeper.start();
    }

    /** The nodes of the hub. */
    public Nodes nodes() {
        return nodes;
    }

    /** Keeps the revocations of the hub. */
    public RevocationStore revocations() {
        return new SharedRevocations(stored, inquiry, node);
    }

    /** The threads that keep this node in the hub, and answer what takes long. */
    public List<WorkerThread> threads() {
        return List.of(keeper.thread(), slow.thread());
    }

    /** The interest of all nodes in what the hub tells its operators, with that of this node. */
    public TopicInterest interest(LocalInterest here) {
        interests.add(here);
        here.announceTo(new LocalInterest.Announcer() {
            @Override
            public void begun() {
                begin(here);
            }

            @Override
            public void ended() {
                end(here);
            }
        });
        return () -> here.isNone() && !keeper.othersFollow();
    }

    /** Takes a command that a node has sent to all. */
    public void accept(byte[] command) {
        try {
            JsonNode json = NodeMessage.read(command);
            String from = NodeMessage.text(json, "from");
            if (from.equals(node) || counts.accept(from, json)) {
                return;
            }
            Question question = Question.read(json);
            if (question.isOfRevocations()) {
                // At once, and not on the thread that answers: what comes later may rely on it.
                stored.apply(requireNonNull(question.client()));
            } else if (question.kind() == Question.Kind.FOLLOW) {
                keeper.otherFollows(from);
            } else if (question.kind() == Question.Kind.LEAVE) {
                keeper.otherLeaves(from);
                return;
            }
            if (question.isSlow()) {
                slow.add(question);
                return;
            }
            keeper.reply(question.id(), () -> NodeMessage.write(answer(question).json()));
        } catch (RuntimeException foreign) {
            unreadable.say(foreign);
        }
    }

    @Override
    public void connected(Client client) {
        store.connected(client);
        keeper.wake();
    }

    @Override
    public void changed(Client client, Client before) {
        store.changed(client, before);
        keeper.wake();
    }

    @Override
    public void disconnected(Client client, DisconnectReason reason) {
        store.disconnected(client, reason);
        keeper.wake();
    }

    @Override
    public @Nullable Client find(String id) {
        Client here = local.find(id);
        if (here != null) {
            return here;
        }
        for (Answer answer : inquiry.until(
                Question.find(question(), node, id),
                answer -> !answer.page().clients().isEmpty())) {
            if (!answer.page().clients().isEmpty()) {
                return answer.page().clients().get(0);
            }
        }
        return null;
    }

    @Override
    public ClientPage list(ClientFilter wanted, @Nullable String after, int limit) {
        ClientPage here = local.list(wanted, after, limit);
        if (name.equals(wanted.node())) {
            return here;
        }
        var pages = new JoinedPages<>(Client::id, limit);
        pages.add(here.clients(), here.more());
        for (Answer answer : inquiry.all(Question.list(question(), node, wanted, after, limit))) {
            pages.add(answer.page().clients(), answer.page().more());
        }
        return new ClientPage(pages.page(), pages.more());
    }

    @Override
    public Explanation.Page explain(ExplainedEvent event, String user, @Nullable String after, int limit) {
        var pages = new JoinedPages<>(Explanation::client, limit);
        Explanation.Page here = local.explain(event, user, after, limit);
        pages.add(here.explanations(), here.more());
        for (Answer answer : inquiry.all(Question.explain(question(), node, event, user, after, limit))) {
            pages.add(answer.explained().explanations(), answer.explained().more());
        }
        return new Explanation.Page(pages.page(), pages.more());
    }

    @Override
    public int size() {
        return count(ClientFilter.ALL);
    }

    @Override
    public int count(ClientFilter wanted) {
        int count = local.count(wanted);
        if (!name.equals(wanted.node())) {
            for (Answer answer : inquiry.all(Question.count(question(), node, wanted))) {
                count += answer.number();
            }
        }
        return count;
    }

    @Override
    public Map<String, Integer> asking(List<String> topics) {
        Map<String, Integer> counts = local.asking(topics);
        for (Answer answer : inquiry.all(Question.asking(question(), node, topics))) {
            counts.keySet().retainAll(answer.counts().keySet());
            counts.replaceAll((topic, count) -> count + answer.counts().getOrDefault(topic, 0));
        }
        return counts;
    }

    @Override
    public Map<String, Integer> selectors(String part) {
        var counts = new HashMap<>(local.selectors(part));
        for (Answer answer : inquiry.all(Question.selectors(question(), node, part))) {
            answer.counts().forEach((selector, count) -> counts.merge(selector, count, Integer::sum));
        }
        return AskedTopics.most(counts);
    }

    @Override
    public boolean end(String id, DisconnectReason reason) {
        return local.end(id, reason)
                || inquiry.until(Question.end(question(), node, id, reason), answer -> answer.number() > 0).stream()
                        .anyMatch(answer -> answer.number() > 0);
    }

    @Override
    public int endAll(ClientFilter wanted, DisconnectReason reason) {
        int ended = local.endAll(wanted, reason);
        for (Answer answer : inquiry.all(Question.endAll(question(), node, wanted, reason))) {
            ended += answer.number();
        }
        return ended;
    }

    @Override
    public void close() {
        slow.close();
        keeper.close();
        inquiry.close();
    }

    /** Tells the other nodes that operators follow here. Every one of them has heard when this returns. */
    private void begin(LocalInterest interest) {
        long before;
        synchronized (announced) {
            if (announced.contains(interest)) {
                return;
            }
            before = endings;
        }
        keeper.follow(true);
        inquiry.tell(Question.follow(question(), node));
        synchronized (announced) {
            // If one has ended meanwhile, the others may have been told so after this.
            if (endings == before) {
                announced.add(interest);
            }
        }
    }

    /** Called with the hub's lock. An interest that is being told is counted already, and so is not none. */
    private void end(LocalInterest interest) {
        synchronized (announced) {
            endings++;
            announced.remove(interest);
        }
        if (interests.stream().allMatch(LocalInterest::isNone)) {
            keeper.follow(false);
            toAll.accept(NodeMessage.write(Question.leave(question(), node).json()));
        }
    }

    /** What this node answers. */
    private Answer answer(Question question) {
        String client = question.client();
        return switch (question.kind()) {
            case LIST -> new Answer(node, local.list(question.filter(), client, question.limit()), 0);
            case FIND -> {
                Client found = local.find(requireNonNull(client));
                yield new Answer(node, found == null ? Answer.NOBODY : new ClientPage(List.of(found), false), 0);
            }
            case EXPLAIN ->
                new Answer(
                        node,
                        Answer.NOBODY,
                        0,
                        local.explain(
                                requireNonNull(question.event()),
                                requireNonNull(question.filter().user()),
                                client,
                                question.limit()));
            case COUNT -> new Answer(node, Answer.NOBODY, local.count(question.filter()));
            case ASKING -> Answer.counting(node, local.asking(question.topics()));
            case SELECTORS -> Answer.counting(node, local.selectors(requireNonNull(client)));
            case FOLLOW, LEAVE, HEAR, REVOKE, WITHDRAW -> new Answer(node, Answer.NOBODY, 0);
            case DRAIN ->
                new Answer(
                        node,
                        Answer.NOBODY,
                        nodes.drainHere(requireNonNull(question.filter().node())) ? 1 : 0);
            case END ->
                new Answer(
                        node,
                        Answer.NOBODY,
                        local.end(requireNonNull(client), requireNonNull(question.reason())) ? 1 : 0);
            case END_ALL ->
                new Answer(node, Answer.NOBODY, local.endAll(question.filter(), requireNonNull(question.reason())));
        };
    }

    private static String question() {
        return Question.newId();
    }
}
