package dev.tidings.http;

import dev.tidings.event.InvalidRequestException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The times in a query: how long ({@code 30s}), or since when ({@code 10m}, {@code 2026-01-31T12:00:00Z}).
 *
 * <p><b>Threads.</b> Any.
 */
public final class TimeText {

    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)?");

    private static final int LAST_YEAR = 9_999;

    private TimeText() {}

    /**
     * Returns how long a field of the query says, zero if there is no such field. A plain number is seconds.
     *
     * @throws InvalidRequestException if it is no time, or longer than allowed
     */
    public static Duration duration(Query query, String field, Duration longest) {
        String text = query.one(field);
        if (text == null || text.isEmpty()) {
            return Duration.ZERO;
        }
        Matcher matcher = SPAN.matcher(text);
        Duration time = matcher.matches() ? span(matcher) : null;
        if (time == null || time.compareTo(longest) > 0) {
            throw new InvalidRequestException(
                    field,
                    "Give a time from 0 to " + longest.toSeconds()
                            + "s: a whole number, and ms, s or m behind it, such as 30s.");
        }
        return time;
    }

    /**
     * Returns the time that a text says: so long ago, or an instant.
     *
     * @param field where it stands, for the refusal
     * @throws InvalidRequestException if it is neither
     */
    public static Instant since(String field, String text, Clock clock) {
        Matcher matcher = SPAN.matcher(text);
        if (matcher.matches() && matcher.group(2) != null) {
            return clock.instant().minus(span(matcher));
        }
        try {
            // A plus that was not escaped is a space by now.
            OffsetDateTime time = OffsetDateTime.parse(text.replace(' ', '+'));
            int year = time.withOffsetSameInstant(ZoneOffset.UTC).getYear();
            if (year >= 0 && year <= LAST_YEAR) {
                return time.toInstant();
            }
        } catch (DateTimeException neither) {
            // It is refused below, and so is a year that clocks do not have.
        }
        throw new InvalidRequestException(
                field,
                "Give how long ago, a whole number followed by ms, s, m, h or d, such as 10m, or an instant, such as"
                        + " 2026-01-31T12:00:00Z.");
    }

    private static Duration span(Matcher matcher) {
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        return switch (unit == null ? "s" : unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
