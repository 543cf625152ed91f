package dev.tidings.config;

import java.util.regex.Pattern;

/** A whole number within bounds. */
record CountType(int least, int most) implements ValueType<Integer> {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    @Override
    public Integer parse(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("is not a whole number");
        }
        long number = Long.parseLong(text);
        if (number < least) {
            throw new IllegalArgumentException("is too small");
        }
        if (number > most) {
            throw new IllegalArgumentException("is too large");
        }
        return (int) number;
    }

    @Override
    public String allowed() {
        return "a whole number from " + least + " to " + most;
    }
}
