package dev.tidings.config;

import java.util.regex.Pattern;

/** The name of a table in any database, which stands in statements as it is. */
record TableNameType() implements ValueType<String> {

    /** PostgreSQL has 63 characters for a name, and another table's name goes on from this one's. */
    private static final String PART = "[A-Za-z_][A-Za-z0-9_$]{0,49}";

    private static final Pattern NAME = Pattern.compile(PART + "(\\." + PART + ")?");

    @Override
    public String parse(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("is no name of a table");
        }
        return text;
    }

    @Override
    public String allowed() {
        return "the name of a table, with its schema and a dot before it if it needs one. Each is up to 50 letters from a to z, "
                + "digits, _ and $, and no digit first";
    }
}
