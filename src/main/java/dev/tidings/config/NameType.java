package dev.tidings.config;

/** A short name on one line, for people to read. */
record NameType(int most) implements ValueType<String> {

    @Override
    public String parse(String text) {
        if (text.length() > most) {
            throw new IllegalArgumentException("is too long");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("holds a control character");
        }
        return text;
    }

    @Override
    public String allowed() {
        return "a name of at most " + most + " characters, without control characters";
    }

    /** Returns the text without control characters, cut to the most characters allowed. */
    String shortened(String text) {
        String visible = text.replaceAll("\\p{Cntrl}", "");
        return visible.substring(0, Math.min(most, visible.length()));
    }
}
