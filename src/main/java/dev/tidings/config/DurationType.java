package dev.tidings.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time such as {@code 500ms}, {@code 15s}, {@code 5m}, {@code 12h} or {@code 1d}; a day has 24 hours. */
record DurationType(String shortest, String longest) implements ValueType<Duration> {

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    @Override
    public Duration parse(String text) {
        Duration time = read(text);
        if (time.compareTo(read(shortest)) < 0) {
            throw new IllegalArgumentException("is too short");
        }
        if (time.compareTo(read(longest)) > 0) {
            throw new IllegalArgumentException("is too long");
        }
        return time;
    }

    @Override
    public String allowed() {
        return "a time from " + shortest + " to " + longest + ", a whole number followed by ms, s, m, h or d";
    }

    private static Duration read(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is not a time");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
