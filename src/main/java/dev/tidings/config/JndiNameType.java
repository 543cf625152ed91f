package dev.tidings.config;

import java.util.regex.Pattern;

/** A name that the container itself has bound. One with a scheme, as {@code ldap:}, would have another server answer. */
record JndiNameType() implements ValueType<String> {

    private static final Pattern NAME = Pattern.compile("(java:)?[A-Za-z0-9._/-]{1,200}");

    @Override
    public String parse(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("is no name of this container");
        }
        return text;
    }

    @Override
    public String allowed() {
        return "the JNDI name of a DataSource, as in jdbc/shop or java:comp/env/jdbc/shop";
    }
}
