package dev.tidings.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.toSet;

import dev.tidings.hub.Client;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.hub.WorkerThread;
import dev.tidings.redis.RedisCommand;
import dev.tidings.redis.RedisConnection;
import dev.tidings.redis.RedisServers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this node in the hub: renews its lease, stores its clients, answers what other nodes ask, tells how it is, and tells of the
 * clients of a node that is gone.
 *
 * <p><b>Threads.</b> One of its own. Any thread may call the methods that are not private.
 */
final class NodeKeeper implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final long RENEW_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final byte[] EXPIRY =
            Long.toString(NodeLease.LENGTH.toMillis()).getBytes(US_ASCII);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final RedisServers servers;
    private final RegistryKeys keys;
    private final NodeLeases leases;
    private final ClientStore store;
    private final CountNews counts;
    private final ReportExchange reports;
    private final StoredClients stored;
    private final Namesakes namesakes;
    private final Consumer<Client> lost;
    private final Runnable back;
    private final StoredRevocations revocations;
    private final CountDownLatch tried = new CountDownLatch(1);
    private final WorkerThread thread = new WorkerThread("tidings-registry", WorkerThread.LONGEST_STEP, this::step);

    /** What is to be answered: a question's id, and what makes the answer. */
    private record Reply(String question, Supplier<byte[]> answer) {}

    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();

    /** The other nodes with subscribers that follow what the hub tells its operators. */
    private final Set<String> followers = ConcurrentHashMap.newKeySet();

    private volatile boolean follows;
    private volatile boolean closed;
    private volatile @Nullable RedisConnection connection;

    // Used by the thread alone.
    private long renewedAt;
    private boolean known;

    /** Whether the lease says that this node has subscribers that follow what operates the hub. */
    private boolean saysFollows;

    /** Whether its clients are to be stored anew, since it has no lease yet, or others have told that they are lost. */
    private boolean gone = true;

    /** Whether there is more to do about revocations at once. */
    private boolean unread;

    /** Whether this node has had a lease. */
    private boolean joined;

    /**
     * @param lost is told of each client of a node that is gone
     * @param back is called when the others took this node for gone, and have told so
     * @param revocations looked at whenever the lease is renewed
     */
    NodeKeeper(
            RedisServers servers,
            RegistryKeys keys,
            NodeLeases leases,
            ClientStore store,
            CountNews counts,
            ReportExchange reports,
            Consumer<Client> lost,
            Runnable back,
            StoredRevocations revocations) {
        this.servers = servers;
        this.keys = keys;
        this.leases = leases;
        this.store = store;
        this.counts = counts;
        this.reports = reports;
        this.stored = new StoredClients(keys);
        this.namesakes = new Namesakes(leases.name());
        this.lost = lost;
        this.back = back;
        this.revocations = revocations;
    }

    /** Begins, and waits a little until the revocations are read, so that no token is taken for good that is not. */
    void start() {
        thread.start();
        try {
            tried.await(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    WorkerThread thread() {
        return thread;
    }

    /** There is something to write. */
    void wake() {
        thread.wake();
    }

    /** Puts an answer where the node that asked looks for it. */
    void reply(String question, Supplier<byte[]> answer) {
        replies.add(new Reply(question, answer));
        thread.wake();
    }

    /** Whether this node has subscribers that follow what operates the hub. */
    void follow(boolean now) {
        follows = now;
        thread.wake();
    }

    /** Another node has such subscribers now. */
    void otherFollows(String node) {
        followers.add(node);
    }

    /** Another node has none any more. */
    void otherLeaves(String node) {
        followers.remove(node);
    }

    /** Whether another node has such subscribers. */
    boolean othersFollow() {
        return !followers.isEmpty();
    }

    /** Gives the lease up, and stops. */
    @Override
    public void close() {
        closed = true;
        thread.close();
        RedisConnection last = connection;
        if (last != null) {
            last.close();
        }
    }

    private long step() {
        try {
            if (closed) {
                leave();
                return WorkerThread.IDLE;
            }
            RedisConnection to = connected();
            answer(to);
            boolean more = store.flush(to);
            if (!known || unread || saysFollows != follows || System.nanoTime() - renewedAt >= RENEW_NANOS) {
                renew(to);
                return 0;
            }
            long news = Math.min(counts.tell(), reports.exchange(to));
            return more ? 0 : Math.max(0, Math.min(news, renewedAt + RENEW_NANOS - System.nanoTime()));
        } catch (LogUnavailableException away) {
            tried.countDown();
            drop();
            return closed ? WorkerThread.IDLE : RETRY_NANOS;
        }
    }

    private void answer(RedisConnection to) {
        for (Reply next = replies.poll(); next != null; next = replies.poll()) {
            byte[] list = keys.answers(next.question());
            to.pipeline(List.of(
                    new RedisCommand("RPUSH", List.of(list, next.answer().get())),
                    new RedisCommand("PEXPIRE", List.of(list, EXPIRY))));
        }
    }

    private void renew(RedisConnection to) {
        boolean now = follows;
        long asked = System.nanoTime();
        NodeLeases.Renewal renewal = leases.renew(to, now ? NodeLease.State.FOLLOWS : NodeLease.State.HERE);
        renewedAt = System.nanoTime();
        saysFollows = now;
        NodeLease before = renewal.before();
        // It stays so until all is done: Redis may break in between, and the next renewal would not tell.
        gone |= before == null || before.state() == NodeLease.State.TAKEN;
        if (gone) {
            store.begin(to);
        }
        known = true;
        namesakes.look(renewal.others());
        for (NodeLease other : renewal.others()) {
            if (other.state() == NodeLease.State.FOLLOWS && leases.isHeld(other)) {
                followers.add(other.node());
            }
        }
        Set<String> heldNow = renewal.others().stream()
                .filter(leases::isHeld)
                .map(NodeLease::node)
                .collect(toSet());
        followers.removeIf(node -> !heldNow.contains(node));
        counts.keep(heldNow, asked);
        if (gone && joined) {
            back.run();
        }
        gone = false;
        joined = true;
        unread = revocations.look(to);
        tried.countDown();
        for (NodeLease other : renewal.others()) {
            if (leases.isSilent(other)) {
                take(to, other);
            }
        }
    }

    private void take(RedisConnection to, NodeLease silent) {
        NodeLease taken = leases.take(to, silent);
        if (taken != null) {
            stored.forEach(to, silent.node(), lost);
            leases.forget(to, taken);
        }
    }

    private void leave() {
        RedisConnection to = connection;
        if (to != null && known) {
            known = false;
            stored.delete(to, leases.node());
            leases.giveUp(to);
            reports.leave(to);
        }
    }

    private RedisConnection connected() {
        RedisConnection present = connection;
        if (present == null || !servers.isRight(present)) {
            drop();
            present = servers.connect(ANSWER);
            connection = present;
            leases.connected();
            reports.connected();
            counts.askAgain();
            known = false;
        }
        return present;
    }

    private void drop() {
        RedisConnection present = connection;
        connection = null;
        if (present != null) {
            present.close();
        }
    }
}
