package dev.tidings.config;

import java.util.regex.Pattern;

/** The name of a hub, which stands in the names of its keys in Redis. */
record HubNameType() implements ValueType<String> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @Override
    public String parse(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("is no name for a hub");
        }
        return text;
    }

    @Override
    public String allowed() {
        return "1 to 64 letters from a to z, digits, and the characters - _ .";
    }
}
