package dev.tidings.config;

/** Any text but an empty one. */
record TextType(String allowed) implements ValueType<String> {

    @Override
    public String parse(String text) {
        return text;
    }
}
