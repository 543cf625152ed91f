package dev.tidings.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.event.selector.SelectorSet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Gives tickets for tokens, and takes them back, once each. A ticket stands in an address where a token should not.
 *
 * <p>A ticket is 144 random bits, and the time when it is too old, so that it can be told from one that never was. Only its hash
 * is stored, with what the token allows. So neither a token nor a ticket can be read from the store.
 *
 * <p><b>Threads.</b> Any. Methods wait as the {@link TicketStore} does.
 */
public final class Tickets {

    private static final int RANDOM_BYTES = 18;
    private static final int LENGTH = 32;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final TicketStore store;
    private final Duration age;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final TicketBounds bounds = new TicketBounds();

    /** When senders' tickets were last looked for, by {@link System#nanoTime}. */
    private final AtomicLong looked = new AtomicLong(System.nanoTime() - LOOK_NANOS);

    private final LongAdder issued = new LongAdder();
    private final LongAdder used = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /**
     * @param store where they wait
     * @param age how long one waits at most
     */
    public Tickets(TicketStore store, Duration age, Clock clock) {
        this.store = store;
        this.age = age;
        this.clock = clock;
    }

    /**
     * A ticket, as whoever asked for it gets it.
     *
     * @param text what stands in the address
     * @param expires when it is too old
     */
    public record Ticket(String text, Instant expires) {

        /** Leaves the text out, which must never be logged. */
        @Override
        public String toString() {
            return "Ticket";
        }
    }

    /**
     * What a ticket stood for.
     *
     * @param sender names whoever got it, as verifying the token would
     * @param grant what the token allows. Whether the token still counts is for the caller to see
     */
    public record Redeemed(String sender, Grant grant) {}

    /**
     * Gives a ticket.
     *
     * @param sender names the bearer of the token
     * @param grant what the token allows
     * @param only what the ticket may ask for, or null for all that the token may
     * @throws TooManyTicketsException if too many wait to be used
     */
    public Ticket give(String sender, Grant grant, @Nullable SelectorSet only) {
        Instant now = clock.instant();
        Instant old = now.plus(age);
        Instant end = grant.ends(now);
        Instant expires = end != null && end.isBefore(old) ? end : old;
        String content = new TicketContent(sender, grant.withOnly(only)).encode();
        String text = text(expires);
        String hash = hash(text);
        findUsed(sender);
        try {
            bounds.add(hash, sender, content.getBytes(StandardCharsets.UTF_8).length, now, expires);
        } catch (TooManyTicketsException full) {
            refused.increment();
            throw full;
        }
        try {
            store.put(hash, content, Duration.between(now, expires));
        } catch (RuntimeException unkept) {
            bounds.remove(hash);
            throw unkept;
        }
        issued.increment();
        return new Ticket(text, expires);
    }

    /** Counts those no more that other nodes have taken, if they leave no room; but not all the time, since it takes a while. */
    private void findUsed(String sender) {
        List<String> waiting = bounds.of(sender);
        long last = looked.get();
        long now = System.nanoTime();
        if (waiting.size() >= TicketBounds.MOST_OF_ONE && now - last >= LOOK_NANOS && looked.compareAndSet(last, now)) {
            store.gone(waiting).forEach(bounds::remove);
        }
    }

    /**
     * Takes a ticket, which is then used.
     *
     * @throws UnauthorizedException with the reason, if it is none, was used, or is too old
     */
    public Redeemed take(String ticket) {
        Instant end = end(ticket);
        if (end == null) {
            throw UnauthorizedException.badToken(
                    "this is not a ticket. Copy the whole ticket that POST /tickets answered");
        }
        String hash = hash(ticket);
        TicketStore.Taken taken = store.take(hash);
        switch (taken.state()) {
            case USED -> throw refusal("this ticket was used already, and opens one stream");
            case UNKNOWN ->
                throw refusal(
                        clock.instant().isBefore(end)
                                ? "this hub does not know this ticket"
                                : "this ticket is too old, since it was good for " + age.toSeconds() + " seconds");
            case THERE -> {
                bounds.remove(hash);
                used.increment();
            }
        }
        TicketContent content = TicketContent.decode(taken.content());
        return new Redeemed(content.sender(), content.grant());
    }

    /** How many were given. */
    public long issued() {
        return issued.sum();
    }

    /** How many were used here. */
    public long used() {
        return used.sum();
    }

    /** How many were not given, since too many waited. */
    public long refused() {
        return refused.sum();
    }

    private String text(Instant expires) {
        var bytes = new byte[Long.BYTES - 2 + RANDOM_BYTES];
        random.nextBytes(bytes);
        // Two bytes of the time are zero for the next 8,900 years, so the six others are enough.
        System.arraycopy(
                ByteBuffer.allocate(Long.BYTES).putLong(expires.toEpochMilli()).array(), 2, bytes, 0, Long.BYTES - 2);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** When the ticket is too old, as it says, or null if it is none. */
    private static @Nullable Instant end(String ticket) {
        if (ticket.length() != LENGTH) {
            return null;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(ticket.getBytes(UTF_8));
            ByteBuffer time = ByteBuffer.allocate(Long.BYTES)
                    .position(2)
                    .put(bytes, 0, Long.BYTES - 2)
                    .rewind();
            return Instant.ofEpochMilli(time.getLong());
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static String hash(String ticket) {
        return new Digest().add(ticket).name();
    }

    private static UnauthorizedException refusal(String reason) {
        return UnauthorizedException.badToken(reason + ". Get another with POST /tickets");
    }
}
