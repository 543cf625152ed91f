package dev.tidings.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times of a token: NumericDates (RFC 7519, section 2), seconds since 1970 that may have a fraction.
 *
 * <p>Text that is a number counts as that number, since some issuers write it so. A time beyond the year 9999 is
 * refused. It is usually meant in milliseconds, the most common mistake, and the token would be good for tens of
 * thousands of years.
 *
 * <p><b>Threads.</b> Any.
 */
final class NumericDate {

    private static final BigDecimal LATEST = new BigDecimal("253402300799.999999999");
    private static final BigDecimal EARLIEST = new BigDecimal("-62135596800");
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,30}(\\.\\d{1,30})?([eE][+-]?\\d{1,3})?");

    private static final String NO_TIME = "is no time";

    private NumericDate() {}

    /**
     * Reads the time of this claim, or returns null where the claim is absent or null.
     *
     * @throws UnauthorizedException when the claim is no time
     */
    static @Nullable Instant in(JsonNode claims, String name) {
        JsonNode claim = claims.path(name);
        if (claim.isMissingNode() || claim.isNull()) {
            return null;
        }
        try {
            if (claim.isNumber()) {
                return instant(claim.decimalValue());
            }
            if (claim.isTextual()) {
                return parse(claim.textValue());
            }
        } catch (IllegalArgumentException none) {
            throw refused(name, none.getMessage());
        }
        throw refused(name, NO_TIME);
    }

    /**
     * Reads a time from text that is a number.
     *
     * @throws IllegalArgumentException when it is none, with the rest of a sentence about it
     */
    static Instant parse(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException(NO_TIME);
        }
        return instant(new BigDecimal(text));
    }

    private static Instant instant(BigDecimal seconds) {
        if (seconds.compareTo(LATEST) > 0) {
            throw new IllegalArgumentException("is beyond the year 9999, as if it were in milliseconds");
        }
        if (seconds.compareTo(EARLIEST) < 0) {
            throw new IllegalArgumentException("is before the year 1");
        }
        // 1e-999999999 is short in the token and would take a gigabyte when written out.
        BigDecimal whole = seconds.abs().compareTo(BigDecimal.ONE) < 0 ? BigDecimal.ZERO : seconds;
        BigDecimal nanos = whole.multiply(NANOS).setScale(0, RoundingMode.FLOOR);
        BigDecimal[] parts = nanos.divideAndRemainder(NANOS);
        return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
    }

    private static UnauthorizedException refused(String name, @Nullable String fault) {
        return UnauthorizedException.badToken(
                "the token's " + name + " " + fault + ": exp, nbf and iat are seconds since 1970");
    }
}
