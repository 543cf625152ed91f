package dev.tidings.config;

/** A short name that people read, on one line. */
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

    /** The text as far as it is such a name. */
    String shortened(String text) {
        String visible = text.replaceAll("\\p{Cntrl}", "");
        return visible.substring(0, Math.min(most, visible.length()));
    }
}
