package dev.tidings.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule that makes tokens count as bad before they expire: the one token with a {@code jti}, or those of a user that were
 * issued before a time.
 *
 * <p>There is one for each {@code jti} and each user, and its id follows from that. So whoever asks again, on any node, gets the
 * same one. Times are whole milliseconds.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
public final class Revocation {

    private static final char OF_TOKEN = 'j';
    private static final char OF_USER = 'u';

    private static final int ID_LENGTH = 22;

    private final String id;
    private final char kind;
    private final String name;
    private final long before;
    private final long until;

    private Revocation(char kind, String name, long before, long until) {
        this.kind = kind;
        this.name = name;
        this.before = before;
        this.until = until;
        this.id = new Digest()
                .add(String.valueOf(kind))
                .add(name)
                .name()
                .substring(0, ID_LENGTH)
                .replace('+', '-')
                .replace('/', '_');
    }

    /**
     * Revokes the token with this name.
     *
     * @param until when the revocation ends
     */
    public static Revocation ofToken(String jti, Instant until) {
        return new Revocation(OF_TOKEN, jti, 0, millis(until));
    }

    /**
     * Revokes the tokens of this user that do not say that they were issued at this time or later.
     *
     * @param until when the revocation ends
     */
    public static Revocation ofUser(String user, Instant before, Instant until) {
        return new Revocation(OF_USER, user, millis(before), millis(until));
    }

    /** Its name among all: 22 characters of Base64url. */
    public String id() {
        return id;
    }

    /** The token that it revokes, or null. */
    public @Nullable String jti() {
        return kind == OF_TOKEN ? name : null;
    }

    /** The user whose tokens it revokes, or null. */
    public @Nullable String user() {
        return kind == OF_USER ? name : null;
    }

    /** Since when tokens of the user have to be issued; null if it revokes one token. */
    public @Nullable Instant before() {
        return kind == OF_USER ? Instant.ofEpochMilli(before) : null;
    }

    /** When it ends. */
    public Instant until() {
        return Instant.ofEpochMilli(until);
    }

    /** Whether it counts at this time. */
    boolean counts(Instant now) {
        return now.toEpochMilli() < until;
    }

    /** Whether the token of this grant is one that it revokes, while it counts. */
    boolean covers(Grant grant) {
        if (kind == OF_TOKEN) {
            return name.equals(grant.jti());
        }
        Instant issued = grant.issued();
        return name.equals(grant.user()) && (issued == null || issued.isBefore(Instant.ofEpochMilli(before)));
    }

    /** This one and another of the same token or user, as one: the later times of both. */
    public Revocation with(Revocation other) {
        return new Revocation(kind, name, Math.max(before, other.before), Math.max(until, other.until));
    }

    /** The text that {@link #parse} reads: both times in milliseconds, a letter for the kind, and the name. */
    public String text() {
        return before + " " + until + " " + kind + name;
    }

    /**
     * Reads what {@link #text} has written.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Revocation parse(String text) {
        String[] parts = text.split(" ", 3);
        if (parts.length < 3 || parts[2].length() < 2) {
            throw new IllegalArgumentException("this is no revocation");
        }
        char kind = parts[2].charAt(0);
        if (kind != OF_TOKEN && kind != OF_USER) {
            throw new IllegalArgumentException("this is no revocation of a kind that is known here");
        }
        return new Revocation(kind, parts[2].substring(1), Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    /** The first whole millisecond that is not before this time. */
    private static long millis(Instant time) {
        return time.plusNanos(999_999).toEpochMilli();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Revocation revocation && revocation.text().equals(text());
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** Leaves the name out, so that no log has it by accident. */
    @Override
    public String toString() {
        return "revocation " + id;
    }
}
