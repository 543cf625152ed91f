package dev.tidings.auth;

import dev.tidings.event.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an operator asks to have revoked, from fields that are texts. An empty field counts as absent.
 *
 * <p><b>Threads.</b> Any.
 */
public final class RevocationRequest {

    /** The longest {@code jti} or user, in bytes of UTF-8. */
    static final int MAX_BYTES = UserClaim.MAX_BYTES;

    /** How long a revocation counts that does not say until when. */
    static final Duration DEFAULT_LIFE = Duration.ofHours(24);

    /** How long one counts at most. */
    static final Duration LONGEST_LIFE = Duration.ofDays(366);

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private static final String JTI = "jti";
    private static final String USER = "user";
    private static final String BEFORE = "before";
    private static final String UNTIL = "until";
    private static final Set<String> FIELDS = Set.of(JTI, USER, BEFORE, UNTIL);

    private RevocationRequest() {}

    /**
     * Returns the revocation that is asked for.
     *
     * @param now the time from which what is not said is reckoned
     * @throws InvalidRequestException naming the field that is wrong
     */
    public static Revocation read(Map<String, String> fields, Instant now) {
        for (String name : fields.keySet()) {
            if (!FIELDS.contains(name)) {
                throw new InvalidRequestException(
                        name, "A revocation has no such field; it has jti or user, before, until.");
            }
        }
        String jti = name(fields, JTI);
        String user = name(fields, USER);
        Instant before = time(fields, BEFORE);
        Instant until = until(fields, now);
        if (jti != null && user == null) {
            if (before != null) {
                throw new InvalidRequestException(BEFORE, "It goes with user. A token with a jti is revoked as it is.");
            }
            return Revocation.ofToken(jti, until);
        }
        if (user == null || jti != null) {
            throw new InvalidRequestException(
                    jti == null ? JTI : USER, "Give jti for one token, or user for the tokens of that user.");
        }
        return Revocation.ofUser(user, before == null ? now : before, until);
    }

    private static Instant until(Map<String, String> fields, Instant now) {
        Instant until = time(fields, UNTIL);
        if (until == null) {
            return now.plus(DEFAULT_LIFE);
        }
        if (!until.isAfter(now)) {
            throw new InvalidRequestException(UNTIL, "It has passed, so nothing would be revoked.");
        }
        if (until.isAfter(now.plus(LONGEST_LIFE))) {
            throw new InvalidRequestException(
                    UNTIL, "A revocation counts for " + LONGEST_LIFE.toDays() + " days at most.");
        }
        return until;
    }

    private static @Nullable String name(Map<String, String> fields, String field) {
        String name = fields.getOrDefault(field, "");
        if (name.isEmpty()) {
            return null;
        }
        if (name.chars().anyMatch(Character::isISOControl)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(name)
                || name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new InvalidRequestException(
                    field, "It has at most " + MAX_BYTES + " bytes of UTF-8 and no control characters.");
        }
        return name;
    }

    private static @Nullable Instant time(Map<String, String> fields, String field) {
        String text = fields.getOrDefault(field, "");
        if (text.isEmpty()) {
            return null;
        }
        try {
            Instant time =
                    text.indexOf('T') > 0 || text.indexOf('t') > 0 ? Instant.parse(text) : NumericDate.parse(text);
            if (!time.isBefore(FIRST) && !time.isAfter(LAST)) {
                return time;
            }
        } catch (DateTimeException | IllegalArgumentException none) {
            // Said below.
        }
        throw new InvalidRequestException(
                field, "Give a time as 2026-01-31T12:00:00Z, or in seconds since 1970, in the years 1 to 9999.");
    }
}
