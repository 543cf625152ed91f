package dev.tidings.config;

import java.util.List;

/** One of a few words, in exactly this spelling. */
record ChoiceType(List<String> choices) implements ValueType<String> {

    ChoiceType(String... choices) {
        this(List.of(choices));
    }

    @Override
    public String parse(String text) {
        if (!choices.contains(text)) {
            throw new IllegalArgumentException("is not one of the choices");
        }
        return text;
    }

    @Override
    public String allowed() {
        return String.join(", ", choices);
    }
}
