package dev.tidings.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, such as {@code 65536}, {@code 64KiB}, {@code 1MiB} or {@code 1GiB}. */
record SizeType(String smallest, String largest) implements ValueType<Long> {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(KiB|MiB|GiB)?|\\d{10,15}");

    @Override
    public Long parse(String text) {
        long bytes = read(text);
        if (bytes < read(smallest)) {
            throw new IllegalArgumentException("is too small");
        }
        if (bytes > read(largest)) {
            throw new IllegalArgumentException("is too large");
        }
        return bytes;
    }

    @Override
    public String allowed() {
        return "a size from " + smallest + " to " + largest + ", a whole number followed by KiB, MiB, GiB"
                + " or, for bytes, nothing";
    }

    private static long read(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is not a size");
        }
        String unit = matcher.group(2);
        if (unit == null) {
            return Long.parseLong(text);
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (unit) {
            case "KiB" -> number << 10;
            case "MiB" -> number << 20;
            default -> number << 30;
        };
    }
}
