package dev.tidings.config;

/** Any text that is not empty. */
record TextType(String allowed) implements ValueType<String> {

    @Override
    public String parse(String text) {
        return text;
    }
}
